package org.openedx.aggregator.learner;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Which group of a partition a learner was put into by chance, as the LMS said; empty for none.
 *
 * @param saidAt microseconds since 1970-01-01T00:00:00Z
 */
public record LearnerGroup(Enrollment enrollment, int partitionId, Optional<Integer> groupId, long saidAt)
        implements
            Word {

    @Override
    public List<Object> key() {
        return List.of(enrollment.courseId(), enrollment.learnerId(), partitionId);
    }

    @Override
    public List<Object> values() {
        return Collections.singletonList(groupId.orElse(null));
    }
}
