package org.openedx.aggregator.aggregation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.openedx.aggregator.completion.CompletedBlocks;
import org.openedx.aggregator.course.CompiledCourse;
import org.openedx.aggregator.course.CourseGraph;
import org.openedx.aggregator.learner.Audience;

/** Rolls up learners of one course, each on the part of it they see. Not for several threads. */
final class CourseRollUp {

    private final CompiledCourse course;
    private final long releasedAt;
    private final RollUp rollUp;
    private final Map<Audience, Optional<CourseGraph>> graphs = new HashMap<>();

    CourseRollUp(CompiledCourse course, long releasedAt) {
        this.course = course;
        this.releasedAt = releasedAt;
        this.rollUp = new RollUp(course.whole());
    }

    /** Whose progress this is: the sums of one learner, until the next; empty if the course is not open to the learner. */
    Optional<RollUp> of(Audience audience, CompletedBlocks facts) {
        return graph(audience).map(graph -> rollUp.on(graph).of(facts));
    }

    private Optional<CourseGraph> graph(Audience audience) {
        // What was picked from a library is each learner's own: remembering it would only fill the memory.
        return audience.selections().isEmpty()
                ? graphs.computeIfAbsent(audience, this::lookUp)
                : lookUp(audience);
    }

    private Optional<CourseGraph> lookUp(Audience audience) {
        return course.seenBy(course.relevant(audience), releasedAt);
    }
}
