package org.openedx.aggregator.course;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * When the nodes of a course are released, by their own dates: what lies beneath an unreleased block is not reached. All
 * times are microseconds since 1970-01-01T00:00:00Z.
 *
 * @param starts by node; {@link #ALWAYS} for a node without a date
 * @param betaLead by how much beta testers see a node earlier
 * @param latest the last of the starts
 */
record Releases(long[] starts, long betaLead, long latest) {

    static final long ALWAYS = Long.MIN_VALUE;

    boolean isReleased(int node, boolean betaTester, long at) {
        return starts[node] == ALWAYS || starts[node] - (betaTester ? betaLead : 0) <= at;
    }

    static Releases of(long[] starts, long betaLead) {
        return new Releases(starts, betaLead, LongStream.of(starts).max().orElse(ALWAYS));
    }

    /** Whether there is something that not everybody sees yet. */
    boolean isAwaited(long at) {
        return latest > at;
    }

    /** When something more is released, to beta testers or to all. */
    OptionalLong next(long after) {
        return Arrays.stream(starts)
                .filter(start -> start != ALWAYS)
                .flatMap(start -> LongStream.of(start, start - betaLead))
                .filter(start -> start > after)
                .min();
    }

    int bytes() {
        return starts.length * Long.BYTES;
    }
}
