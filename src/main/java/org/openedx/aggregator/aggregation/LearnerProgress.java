package org.openedx.aggregator.aggregation;

import java.util.List;
import java.util.Optional;

import org.openedx.aggregator.course.RegisteredBlocks;
import org.openedx.aggregator.progress.Aggregate;
import org.openedx.aggregator.progress.EnrollmentProgress;

/**
 * How far one learner is in one course.
 *
 * @param course the totals; empty while no structure of the course is known or nothing is aggregated yet
 * @param registered what the entries of {@code blocks} are
 * @param blocks empty if they were not asked for
 */
public record LearnerProgress(long learnerId, String courseKey, String username, Optional<Aggregate> course,
        RegisteredBlocks registered,
        List<Aggregate> blocks) {

    private static final RegisteredBlocks NONE = new RegisteredBlocks(List.of());

    static LearnerProgress of(EnrollmentProgress row, Aggregate course, RegisteredBlocks registered, List<Aggregate> blocks) {
        return new LearnerProgress(row.enrollment().learnerId(), row.courseKey(), row.username(), Optional.of(course),
                registered, blocks);
    }

    static LearnerProgress unknown(EnrollmentProgress row) {
        return new LearnerProgress(row.enrollment().learnerId(), row.courseKey(), row.username(), Optional.empty(), NONE,
                List.of());
    }
}
