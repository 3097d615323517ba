package org.openedx.aggregator.lease;

import java.time.Duration;

/** Tells open work that its process is stopping, without a process. */
public final class Ending {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Ending() {
    }

    /** Whether nothing was under way any more in the end. */
    public static boolean of(OpenWork work) {
        return after(work, PATIENCE);
    }

    static boolean after(OpenWork work, Duration patience) {
        try {
            return work.end(patience);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
