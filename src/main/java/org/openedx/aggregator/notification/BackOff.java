package org.openedx.aggregator.notification;

import java.time.Duration;

/** The wait after a failed attempt: it doubles, and is spread so that what failed together does not return together. */
record BackOff(Duration first, Duration longest) {

    private static final int MAX_DOUBLINGS = 20;

    /** @param luck from 0 to 1; the wait is between half and all of what it would be without */
    Duration after(int attempt, double luck) {
        var doubled = first.multipliedBy(1L << Math.min(attempt - 1, MAX_DOUBLINGS));
        var whole = doubled.compareTo(longest) < 0 ? doubled : longest;
        return Duration.ofMillis((long) (whole.toMillis() * (0.5 + luck / 2)));
    }
}
