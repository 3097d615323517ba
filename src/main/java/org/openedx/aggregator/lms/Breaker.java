package org.openedx.aggregator.lms;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Leaves an LMS that fails alone for a while, then lets one request through to see whether it is back. Our own, because
 * who works requests off must be able to ask it before it takes one.
 */
class Breaker {

    private final Clock clock;
    private final int failuresToOpen;
    private final Duration pause;
    private int failures;
    private String reason = "";
    private Instant pausedUntil = Instant.MIN;

    Breaker(Clock clock, int failuresToOpen, Duration pause) {
        this.clock = clock;
        this.failuresToOpen = failuresToOpen;
        this.pause = pause;
    }

    /** Whether a request would be refused now. */
    synchronized boolean isOpen() {
        return failures >= failuresToOpen && clock.instant().isBefore(pausedUntil);
    }

    /**
     * Lets a request through.
     *
     * @throws LmsException if the LMS is left alone
     */
    synchronized void enter() {
        if (isOpen()) {
            throw new LmsException(LmsException.Trouble.UNAVAILABLE,
                    "The LMS is left alone until " + pausedUntil + " after " + failures + " failures in a row: " + reason);
        }
        if (failures >= failuresToOpen) {
            // This one tries; the others wait for what it finds, or another pause if it finds nothing.
            pausedUntil = clock.instant().plus(pause);
        }
    }

    synchronized void succeeded() {
        failures = 0;
    }

    synchronized void failed(String why) {
        reason = why;
        failures++;
        pausedUntil = clock.instant().plus(pause);
    }
}
