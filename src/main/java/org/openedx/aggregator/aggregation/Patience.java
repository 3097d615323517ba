package org.openedx.aggregator.aggregation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.openedx.aggregator.task.TaskFailedException;

/** Sees to it that nobody waits for ever for something that does not become less. */
final class Patience {

    private final Clock clock;
    private final Duration longest;
    private long least = Long.MAX_VALUE;
    private Instant since;

    Patience(Clock clock, Duration longest) {
        this.clock = clock;
        this.longest = longest;
        this.since = clock.instant();
    }

    /** @throws TaskFailedException if it did not become less for too long */
    void look(long waiting) {
        var now = clock.instant();
        if (waiting < least) {
            least = waiting;
            since = now;
        } else if (since.plus(longest).isBefore(now)) {
            throw new TaskFailedException("The enrolments are marked and will be computed, but for some time none was."
                    + " Is aggregation running?");
        }
    }
}
