package org.openedx.aggregator.progress;

/**
 * The completion of an aggregator block.
 *
 * @param earned sum of the completions beneath it, at least 0.0 and at most {@code possible}
 * @param possible how many completable blocks are beneath it
 * @param lastModified newest completion beneath it, in microseconds since 1970-01-01T00:00:00Z, or {@link #NEVER}
 */
public record Aggregate(double earned, double possible, long lastModified) {

    /** 1900-01-01T00:00:00Z, which stands for a block beneath which nothing is completed. */
    public static final long NEVER = -2_208_988_800_000_000L;

    /** 0.0 to 1.0; an aggregator without completable blocks is complete. */
    public double percent() {
        return possible == 0.0 ? 1.0 : earned / possible;
    }
}
