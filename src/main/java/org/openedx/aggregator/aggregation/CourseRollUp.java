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
    private final Map<Audience, Optional<CourseGraph>> graphsOfRelevant = new HashMap<>();

    CourseRollUp(CompiledCourse course, long releasedAt) {
        this.course = course;
        this.releasedAt = releasedAt;
        this.rollUp = new RollUp(course.whole());
    }

    /** Whose progress this is: the sums of one learner, until the next; empty if the course is not open to the learner. */
    Optional<RollUp> of(Audience audience, CompletedBlocks facts) {
        return graph(audience).map(graph -> rollUp.on(graph).of(facts));
    }

    /** The part of the course that an audience sees. */
    Optional<CourseGraph> graph(Audience audience) {
        // What was picked from a library is each learner's own: remembering it would only fill the memory.
        return audience.selections().isEmpty()
                ? graphs.computeIfAbsent(audience, this::lookUp)
                : course.seenBy(course.relevant(audience), releasedAt);
    }

    private Optional<CourseGraph> lookUp(Audience audience) {
        return graphsOfRelevant.computeIfAbsent(course.relevant(audience), relevant -> course.seenBy(relevant, releasedAt));
    }
}
