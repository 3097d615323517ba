package org.openedx.aggregator.fault;

import java.time.Duration;

/** How much is done: all of it, or a few percent while one works on the drills themselves. */
final class Size {

    private static final int PERCENT = Integer.getInteger("faults.percent", 100);

    private Size() {
    }

    static int of(int all) {
        return Math.max(1, all * PERCENT / 100);
    }

    static Duration of(Duration all) {
        return all.multipliedBy(PERCENT).dividedBy(100);
    }
}
