package org.openedx.aggregator.aggregation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.openedx.aggregator.completion.CompletedBlocks;
import org.openedx.aggregator.course.CompiledCourse;
import org.openedx.aggregator.course.CourseState;
import org.openedx.aggregator.learner.Audience;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.progress.Progress;
import org.openedx.aggregator.progress.Progress.Fingerprint;

/**
 * What is to be written for a batch.
 *
 * @param changed results that differ from the stored ones
 * @param hidden enrolments with a stored result in a course that is no longer open to the learner
 */
record BatchResults(List<Progress> changed, List<Enrollment> hidden) {

    static BatchResults of(CompiledCourse course, CourseState state, Map<Enrollment, Optional<Fingerprint>> active,
            Map<Enrollment, Audience> audiences, Map<Enrollment, CompletedBlocks> facts) {
        var rollUp = new CourseRollUp(course, state.releasedAt());
        var results = new BatchResults(new ArrayList<>(active.size()), new ArrayList<>());
        for (var entry : active.entrySet()) {
            var enrollment = entry.getKey();
            var sums = rollUp.of(audiences.getOrDefault(enrollment, Audience.ANYBODY),
                    facts.getOrDefault(enrollment, CompletedBlocks.NONE));
            results.add(enrollment, entry.getValue(),
                    sums.map(it -> new Progress(enrollment, course.structureId(), it.course(), it.registered())));
        }
        return results;
    }

    /** The part about some enrolments. */
    BatchResults among(Set<Enrollment> enrollments) {
        return new BatchResults(
                changed.stream().filter(result -> enrollments.contains(result.enrollment())).toList(),
                hidden.stream().filter(enrollments::contains).toList());
    }

    private void add(Enrollment enrollment, Optional<Fingerprint> stored, Optional<Progress> result) {
        if (result.isEmpty() && stored.isPresent()) {
            hidden.add(enrollment);
        } else if (result.isPresent() && !stored.equals(result.map(Progress::fingerprint))) {
            changed.add(result.get());
        }
    }
}
