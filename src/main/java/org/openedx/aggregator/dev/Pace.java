package org.openedx.aggregator.dev;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * How learners spread their work over time: they start within some weeks before now, and nothing happens after it.
 *
 * @param events the most that one learner does
 */
record Pace(Instant now, int events) {

    private static final Duration TERM = Duration.ofDays(90);
    private static final Duration LATEST_START = Duration.ofDays(1);

    Instant earliest() {
        return now.minus(TERM);
    }

    Instant start(Random random) {
        var range = TERM.minus(LATEST_START).toSeconds();
        return earliest().plusSeconds((long) (random.nextDouble() * range));
    }

    /** The time from one event to the next of a learner who started then. */
    Duration step(Instant start, Random random) {
        var longest = Duration.between(start, now).dividedBy(events);
        return longest.dividedBy(2).plusNanos((long) (random.nextDouble() * longest.toNanos() / 2));
    }
}
