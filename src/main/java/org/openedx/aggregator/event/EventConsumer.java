package org.openedx.aggregator.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.openedx.aggregator.event.BatchReader.ReadBatch;
import org.openedx.aggregator.lease.OpenWork;
import org.openedx.aggregator.trace.Step;
import org.openedx.aggregator.trace.Traces;

import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Takes a batch of records in and answers when all it says is in the database, or in the dead letters; only then are the
 * offsets committed. While the database or the schema registry is away it waits: nothing is skipped. A batch that comes when
 * the process is stopping is left to others: it is never answered, so its offsets stay.
 */
@ApplicationScoped
class EventConsumer {

    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(10);

    private final BatchReader reader;
    private final ChangeRecorder recorder;
    private final DeadLetters deadLetters;
    private final UserTaskEvents userTasks;
    private final EventConfig config;
    private final EventMetrics metrics;
    private final Traces traces;
    private final OpenWork openWork;

    EventConsumer(BatchReader reader, ChangeRecorder recorder, DeadLetters deadLetters, UserTaskEvents userTasks,
            EventConfig config, EventMetrics metrics, Traces traces, OpenWork openWork) {
        this.reader = reader;
        this.recorder = recorder;
        this.deadLetters = deadLetters;
        this.userTasks = userTasks;
        this.config = config;
        this.metrics = metrics;
        this.traces = traces;
        this.openWork = openWork;
    }

    @Incoming("events")
    Uni<Void> onEvents(ConsumerRecords<byte[], byte[]> batch) {
        var events = new ArrayList<RawEvent>(batch.count());
        batch.forEach(message -> events.add(new RawEvent(message)));
        return openWork.run(untilDone(reader.prepare(events))
                .chain(() -> traced(events)));
    }

    private Uni<Void> traced(List<RawEvent> events) {
        return traces.span(() -> step(events), () -> take(events));
    }

    private static Step step(List<RawEvent> events) {
        return Step.named("ingest")
                .of(SpanKind.CONSUMER)
                .with("messaging.system", "kafka")
                .with("messaging.batch.message_count", events.size())
                .after(events.stream().flatMap(event -> event.traceparent().stream()));
    }

    private Uni<Void> take(List<RawEvent> events) {
        return reader.read(events)
                .chain(this::takeIn);
    }

    private Uni<Void> takeIn(ReadBatch batch) {
        return untilDone(inTime(record(batch.read())))
                .invoke(() -> metrics.recorded(batch.read()))
                .chain(() -> untilDone(inTime(userTasks.take(batch.ofTasks()))))
                .chain(() -> untilDone(deadLetters.send(batch.unreadable())));
    }

    private Uni<Void> record(List<ReadEvent> events) {
        return recorder.record(events)
                .onFailure(ChangeRecorder::isAboutData)
                .recoverWithUni(() -> oneByOne(events));
    }

    // One event that the database refuses must not keep the others out.
    private Uni<Void> oneByOne(List<ReadEvent> events) {
        return Multi.createFrom()
                .iterable(events)
                .onItem()
                .transformToUniAndConcatenate(this::recordOrBury)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> recordOrBury(ReadEvent event) {
        return recorder.record(List.of(event))
                .onFailure(ChangeRecorder::isAboutData)
                .recoverWithUni(failure -> bury(event, failure));
    }

    private Uni<Void> bury(ReadEvent event, Throwable failure) {
        return deadLetters.send(List.of(new DeadLetter(event.raw(), LetterReason.REFUSED, failure.getMessage())));
    }

    private Uni<Void> inTime(Uni<Void> writing) {
        return writing
                .ifNoItem()
                .after(config.batchTimeout())
                .fail();
    }

    private static Uni<Void> untilDone(Uni<Void> work) {
        return work
                .onFailure()
                .invoke(failure -> Log.warnf(failure, "Events wait, nothing is lost: %s", failure.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(FIRST_BACK_OFF, LONGEST_BACK_OFF)
                .indefinitely();
    }
}
