package org.openedx.aggregator.fault;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits, but not for ever. */
final class Patience {

    private static final Duration INTERVAL = Duration.ofMillis(50);

    private Patience() {
    }

    static void until(String what, Duration atMost, BooleanSupplier condition) {
        until(what, atMost, INTERVAL, condition);
    }

    static void until(String what, Duration atMost, Duration interval, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited " + atMost + " in vain until " + what);
            }
            pause(interval);
        }
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(Math.max(0, duration.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
