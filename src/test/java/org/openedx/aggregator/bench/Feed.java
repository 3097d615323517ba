package org.openedx.aggregator.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.openedx.aggregator.bench.Site.Completion;
import org.openedx.aggregator.bench.TrackingEvents.Fact;
import org.openedx.aggregator.support.Lms;

/** The LMS of the benchmark: sends events and knows when the service has taken them in. */
final class Feed implements AutoCloseable {

    private static final String GROUP = "completion-aggregator";
    private static final List<String> TOPICS = List.of(Lms.ANALYTICS, Lms.ENROLLMENTS, Lms.USERS, Lms.CAPTURED_COMPLETIONS);
    private static final int PARTITIONS = 4;
    // Enough that each part of the last batch, which are written side by side, holds some of them.
    private static final int LAST = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final KafkaProducer<byte[], byte[]> producer;
    private final Admin admin;
    private final TrackingEvents events;

    Feed(String servers, Site site) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "linger.ms", "20", "batch.size", "262144", "buffer.memory", "67108864"),
                new ByteArraySerializer(), new ByteArraySerializer());
        admin = Admin.create(Map.of("bootstrap.servers", servers));
        events = new TrackingEvents(site);
        got(admin.createTopics(TOPICS.stream().map(name -> new NewTopic(name, PARTITIONS, (short) 1)).toList()).all());
    }

    /** Returns the last facts of what was sent, when the broker has all of it. */
    List<Fact> send(List<Completion> completions) {
        return send(events, completions);
    }

    /** The same in another form. */
    List<Fact> send(Form form, List<Completion> completions) {
        var last = new ArrayDeque<Fact>();
        for (var completion : completions) {
            producer.send(form.next(completion));
            last.add(form.fact(completion));
            if (last.size() > LAST) {
                last.remove();
            }
        }
        producer.flush();
        return List.copyOf(last);
    }

    void enroll(int learners) {
        try (var lms = new Lms()) {
            for (int learner = 0; learner < learners; learner++) {
                lms.enrollment(Site.id(learner), Site.username(learner), Site.COURSE, true,
                        Instant.parse("2026-01-01T00:00:00Z"));
            }
        }
    }

    /** Returns when the service has committed the offsets of all that was sent, which it may do a second late when idle. */
    void awaitTakenIn() {
        var partitions = TOPICS.stream().flatMap(Feed::partitions);
        var ends = got(admin.listOffsets(partitions.collect(Collectors.toMap(Function.identity(), it -> OffsetSpec.latest())))
                .all());
        var missing = ends.keySet().stream().filter(partition -> ends.get(partition).offset() > 0)
                .collect(Collectors.toMap(Function.identity(), partition -> ends.get(partition).offset()));
        Patience.until("all events are taken in", PATIENCE, Duration.ofMillis(20), () -> isCommitted(missing));
    }

    private boolean isCommitted(Map<TopicPartition, Long> ends) {
        var committed = got(admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata());
        return ends.entrySet().stream().allMatch(end -> offset(committed.get(end.getKey())) >= end.getValue());
    }

    private static long offset(OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    private static Stream<TopicPartition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS).mapToObj(partition -> new TopicPartition(topic, partition));
    }

    private static <T> T got(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
