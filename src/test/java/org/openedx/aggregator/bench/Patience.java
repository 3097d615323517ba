package org.openedx.aggregator.bench;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits, but not for ever. */
final class Patience {

    private Patience() {
    }

    /** @throws IllegalStateException if it did not come true in time */
    static void until(String what, Duration atMost, Duration interval, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Waited " + atMost + " in vain until " + what);
            }
            pause(interval);
        }
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
