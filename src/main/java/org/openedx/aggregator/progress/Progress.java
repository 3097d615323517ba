package org.openedx.aggregator.progress;

import org.openedx.aggregator.learner.Enrollment;

/**
 * What an aggregation computed for one learner in one course.
 *
 * @param structureId the course version it was computed on
 * @param course the totals of the course
 * @param blocks the registered blocks of that version, the course among them
 */
public record Progress(Enrollment enrollment, int structureId, Aggregate course, PackedAggregates blocks) {

    /** Enough to tell whether a result differs from the stored one. */
    public record Fingerprint(int structureId, long digest) {
    }

    public Fingerprint fingerprint() {
        return new Fingerprint(structureId, blocks.digest());
    }
}
