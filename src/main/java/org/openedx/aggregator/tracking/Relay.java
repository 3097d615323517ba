package org.openedx.aggregator.tracking;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.producer.ProducerRecord;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/**
 * Sends what the outbox holds, oldest first, and removes it when the broker has it. Who dies in between has sent events
 * that are sent again: with the same {@code ce_id} and the same timestamp, by which a consumer drops them. No transaction
 * is open while events are on their way.
 */
@ApplicationScoped
class Relay {

    private static final int EVENTS_AT_ONCE = 5_000;

    private final TrackingConfig config;
    private final Pool pool;
    private final Outbox outbox;
    private final BlockNames names;
    private final RecordForm form;
    private final EventTopic topic;
    private final OutboxMetrics metrics;

    Relay(TrackingConfig config, Pool pool, Outbox outbox, BlockNames names, RecordForm form, EventTopic topic,
            OutboxMetrics metrics) {
        this.config = config;
        this.pool = pool;
        this.outbox = outbox;
        this.names = names;
        this.form = form;
        this.topic = topic;
        this.metrics = metrics;
    }

    /** Sends until nothing is left or may no longer be sent; asked before each step. */
    Uni<Void> untilEmpty(Supplier<Uni<Boolean>> mayGoOn) {
        return Multi.createBy()
                .repeating()
                .uni(() -> sendOldest(mayGoOn))
                .whilst(sent -> sent == config.batchSize())
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Integer> sendOldest(Supplier<Uni<Boolean>> mayGoOn) {
        return inTime(mayGoOn.get()
                .chain(may -> may ? outbox.oldest(config.batchSize()) : Uni.createFrom().item(List.<PendingChange> of())))
                .call(pending -> send(pending, mayGoOn))
                .map(List::size);
    }

    private Uni<Void> send(List<PendingChange> pending, Supplier<Uni<Boolean>> mayGoOn) {
        return Multi.createFrom()
                .iterable(portions(pending))
                .onItem()
                .transformToUniAndConcatenate(portion -> sendAndRemove(portion, mayGoOn))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> sendAndRemove(List<PendingChange> portion, Supplier<Uni<Boolean>> mayGoOn) {
        return inTime(mayGoOn.get()
                .chain(may -> may ? sendAndRemove(portion) : Uni.createFrom().voidItem()));
    }

    private Uni<Void> sendAndRemove(List<PendingChange> portion) {
        return form.prepare()
                .chain(() -> names.of(pool, structureIds(portion)))
                .chain(found -> topic.send(records(portion, found)))
                .invoke(() -> metrics.sent(events(portion)))
                .chain(() -> outbox.remove(portion));
    }

    // What takes too long must not go on while another replica has the lease, and an answer that never comes must not keep
    // this one from its next run.
    private <T> Uni<T> inTime(Uni<T> step) {
        return step
                .ifNoItem()
                .after(config.lease().dividedBy(2))
                .fail();
    }

    private static int events(List<PendingChange> portion) {
        return portion.stream().mapToInt(PendingChange::events).sum();
    }

    private static Set<Integer> structureIds(List<PendingChange> portion) {
        return portion.stream().map(pending -> pending.change().structureId()).collect(Collectors.toSet());
    }

    private Iterator<ProducerRecord<byte[], byte[]>> records(List<PendingChange> portion, Map<Integer, NamedBlocks> found) {
        return portion.stream()
                .flatMap(pending -> events(pending, found.get(pending.change().structureId())))
                .map(form::record)
                .iterator();
    }

    private static Stream<ProgressEvent> events(PendingChange pending, NamedBlocks blocks) {
        var change = pending.change();
        return IntStream.range(0, change.blocks().size())
                .mapToObj(index -> new ProgressEvent(pending, blocks.get(change.blocks().get(index).ordinal()),
                        change.blocks().get(index), change.firstAt() + index));
    }

    private static List<List<PendingChange>> portions(List<PendingChange> pending) {
        var portions = new ArrayList<List<PendingChange>>();
        int events = EVENTS_AT_ONCE;
        for (var change : pending) {
            if (events + change.events() > EVENTS_AT_ONCE) {
                portions.add(new ArrayList<>());
                events = 0;
            }
            portions.get(portions.size() - 1).add(change);
            events += change.events();
        }
        return portions;
    }
}
