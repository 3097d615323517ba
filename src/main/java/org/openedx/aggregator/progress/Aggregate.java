package org.openedx.aggregator.progress;

/**
 * The completion of an aggregator block.
 *
 * @param earned sum of the completions beneath it, at least 0.0 and at most {@code possible}
 * @param possible how many completable blocks are beneath it
 * @param lastModified newest completion beneath it, in microseconds since 1970-01-01T00:00:00Z, or {@link #NEVER}
 * @param optionalEarned as {@code earned}, of blocks that need not be done, which that does not count
 * @param optionalPossible as {@code possible}, of blocks that need not be done
 */
public record Aggregate(double earned, double possible, long lastModified, double optionalEarned,
        double optionalPossible) {

    /** 1900-01-01T00:00:00Z, which stands for a block beneath which nothing is completed. */
    public static final long NEVER = -2_208_988_800_000_000L;

    /** Of a block beneath which nothing is optional. */
    public Aggregate(double earned, double possible, long lastModified) {
        this(earned, possible, lastModified, 0.0, 0.0);
    }

    /** 0.0 to 1.0; an aggregator without completable blocks is complete. */
    public double percent() {
        return percent(earned, possible);
    }

    /** 0.0 to 1.0; where nothing is optional, all of that is complete. */
    public double optionalPercent() {
        return percent(optionalEarned, optionalPossible);
    }

    private static double percent(double earned, double possible) {
        return possible == 0.0 ? 1.0 : earned / possible;
    }
}
