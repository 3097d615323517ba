package org.openedx.aggregator.progress;

import java.util.Optional;

import org.openedx.aggregator.learner.Enrollment;

/**
 * An active enrolment with what is stored about its progress.
 *
 * @param structureId the course's current version; empty if none is known
 * @param releasedAt the instant as of which blocks are released, in microseconds since 1970-01-01T00:00:00Z
 * @param marked whether the enrolment is marked stale
 * @param stored the last result; empty if there is none yet
 */
public record EnrollmentProgress(Enrollment enrollment, String courseKey, String username, Optional<Integer> structureId,
        long releasedAt, boolean marked, Optional<Progress> stored) {

    /** Whether the stored result says what a computation now would say. */
    public boolean isFresh() {
        return !marked && structureId.equals(stored.map(Progress::structureId));
    }
}
