package org.openedx.aggregator.aggregation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

import org.openedx.aggregator.completion.BlockCompletion;
import org.openedx.aggregator.completion.CompletedBlocks;
import org.openedx.aggregator.course.CourseGraph;
import org.openedx.aggregator.course.CourseGraphFixture;
import org.openedx.aggregator.key.UsageKey;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.oracle.Course;
import org.openedx.aggregator.oracle.Oracle;
import org.openedx.aggregator.oracle.Sent;

/** A plain course with the graph the service makes of it. */
record Compiled(Oracle oracle, CourseGraph graph, Map<UsageKey, Integer> ids) {

    static Compiled of(Course course) {
        var structure = CourseGraphFixture.structure(course.key(), course.json());
        var ids = CourseGraphFixture.ids(structure);
        return new Compiled(new Oracle(course), CourseGraphFixture.compile(1, structure, ids), ids);
    }

    /** The facts in what was sent about a learner, rolled up. */
    RollUp rollUp(List<Sent> events, long learnerId) {
        var facts = oracle.facts(events, learnerId).values().stream().map(this::fact).toList();
        return new RollUp(graph).of(CompletedBlocks.of(facts));
    }

    private BlockCompletion fact(Sent event) {
        return new BlockCompletion(new Enrollment(1, event.learnerId()), ids.getOrDefault(UsageKey.parse(event.block()), 1),
                OptionalDouble.of(event.completion().getAsDouble()), micros(event.modified()));
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
