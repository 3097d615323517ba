package org.openedx.aggregator.dev;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.openedx.aggregator.key.UsageKey;

/** Who takes the demo course, and how far they have come: each went through its blocks from the first on. */
enum DemoLearner {

    ALICE(501, 24),
    BOB(502, 41),
    CAROL(503, Integer.MAX_VALUE),
    DAVE(504, 7),
    ERIN(505, 0);

    // Times that never change: what is sent twice says nothing new.
    private static final Instant ENROLLED = Instant.parse("2025-01-13T09:00:00Z");
    private static final Duration PACE = Duration.ofHours(7);

    private final long id;
    private final int completed;

    DemoLearner(long id, int completed) {
        this.id = id;
        this.completed = completed;
    }

    static List<Long> ids() {
        return Arrays.stream(values()).map(DemoLearner::id).toList();
    }

    long id() {
        return id;
    }

    String username() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What this learner does next in the course; the first block for who has done all. */
    UsageKey next(List<UsageKey> blocks) {
        return blocks.get(completed < blocks.size() ? completed : 0);
    }

    /** What the LMS has told about this learner so far. */
    Stream<ProducerRecord<byte[], byte[]>> events(List<UsageKey> blocks) {
        var completions = IntStream.range(0, Math.min(completed, blocks.size()))
                .mapToObj(place -> completion(blocks.get(place), place))
                .map(LmsEvents::completed);
        return Stream.concat(Stream.of(LmsEvents.enrolled(id, username(), ENROLLED)), completions);
    }

    private BlockCompleted completion(UsageKey block, int place) {
        return new BlockCompleted(id, block, 1.0, ENROLLED.plus(PACE.multipliedBy(place + 1L)));
    }
}
