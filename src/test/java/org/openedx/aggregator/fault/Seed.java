package org.openedx.aggregator.fault;

import java.util.Random;

/** What all that is left to chance comes from: printed, and given again as {@code -Dfaults.seed}. */
record Seed(long value) {

    private static final String PROPERTY = "faults.seed";

    static Seed ofThisRun() {
        var given = System.getProperty(PROPERTY, "");
        var seed = new Seed(given.isBlank() ? new Random().nextInt(Integer.MAX_VALUE) : Long.parseLong(given));
        System.out.println("[faults] the same again: -Dfaults.seed=" + seed.value());
        return seed;
    }

    /** Another source of chance for each purpose, so that one that is asked more often does not change another. */
    Random random(String purpose) {
        return new Random(value * 31 + purpose.hashCode());
    }
}
