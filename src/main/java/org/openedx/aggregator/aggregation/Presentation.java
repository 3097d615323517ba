package org.openedx.aggregator.aggregation;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

import org.openedx.aggregator.completion.CompletedBlocks;
import org.openedx.aggregator.course.CompiledCourse;
import org.openedx.aggregator.course.CourseState;
import org.openedx.aggregator.course.RegisteredBlocks;
import org.openedx.aggregator.learner.Audience;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.progress.Aggregate;
import org.openedx.aggregator.progress.EnrollmentProgress;
import org.openedx.aggregator.progress.Progress;

/** Everything needed to show some rows, once it is loaded: no I/O from here on. */
final class Presentation {

    private static final RegisteredBlocks NONE = new RegisteredBlocks(List.of());

    private final Shown shown;
    private final Map<Integer, CompiledCourse> courses;
    private final Map<Enrollment, Audience> audiences;
    private final Map<Enrollment, CompletedBlocks> facts;
    private final Set<Enrollment> toCompute;
    private final Map<CourseState, CourseRollUp> rollUps = new HashMap<>();

    Presentation(Shown shown, Map<Integer, CompiledCourse> courses, Map<Enrollment, Audience> audiences,
            Map<Enrollment, CompletedBlocks> facts, Set<Enrollment> toCompute) {
        this.shown = shown;
        this.courses = courses;
        this.audiences = audiences;
        this.facts = facts;
        this.toCompute = toCompute;
    }

    List<LearnerProgress> of(List<EnrollmentProgress> rows) {
        return rows.stream()
                .map(this::of)
                .toList();
    }

    private LearnerProgress of(EnrollmentProgress row) {
        if (toCompute.contains(row.enrollment())) {
            return computed(row);
        }
        return row.stored()
                .map(stored -> stored(row, stored))
                .orElseGet(() -> LearnerProgress.unknown(row));
    }

    private LearnerProgress stored(EnrollmentProgress row, Progress stored) {
        if (!shown.blocks()) {
            return LearnerProgress.of(row, stored.course(), NONE, List.of());
        }
        var registered = courses.get(stored.structureId()).whole().registered();
        return visible(row, stored.course(), registered, stored.blocks().unpack());
    }

    private static LearnerProgress visible(EnrollmentProgress row, Aggregate course, RegisteredBlocks registered,
            List<Optional<Aggregate>> blocks) {
        var visible = new BitSet(blocks.size());
        IntStream.range(0, blocks.size()).filter(index -> blocks.get(index).isPresent()).forEach(visible::set);
        return LearnerProgress.of(row, course,
                visible.cardinality() == blocks.size() ? registered : registered.among(visible),
                blocks.stream().flatMap(Optional::stream).toList());
    }

    private LearnerProgress computed(EnrollmentProgress row) {
        var state = new CourseState(row.structureId().orElseThrow(), row.releasedAt());
        var rollUp = rollUps.computeIfAbsent(state, this::rollUp);
        var audience = audiences.getOrDefault(row.enrollment(), Audience.ANYBODY);
        return rollUp.of(audience, facts.getOrDefault(row.enrollment(), CompletedBlocks.NONE))
                .flatMap(sums -> computed(row, sums))
                .orElseGet(() -> LearnerProgress.unknown(row));
    }

    private CourseRollUp rollUp(CourseState state) {
        return new CourseRollUp(courses.get(state.structureId()), state.releasedAt());
    }

    private Optional<LearnerProgress> computed(EnrollmentProgress row, RollUp sums) {
        var graph = sums.graph();
        if (graph.size() == 0) {
            return Optional.of(LearnerProgress.of(row, sums.course(), NONE, List.of()));
        }
        var root = shown.rootBlock().isPresent()
                ? graph.node(shown.rootBlock().getAsInt())
                : OptionalInt.of(graph.size() - 1);
        return root.isPresent() ? Optional.of(beneath(row, sums, root.getAsInt())) : Optional.empty();
    }

    private static LearnerProgress beneath(EnrollmentProgress row, RollUp sums, int root) {
        var graph = sums.graph();
        var beneath = graph.beneath(root);
        var indexes = new BitSet();
        IntStream.range(0, graph.registered().size())
                .filter(index -> beneath.get(graph.registeredNode(index)))
                .forEach(indexes::set);
        var blocks = indexes.stream().mapToObj(index -> sums.at(graph.registeredNode(index))).toList();
        return LearnerProgress.of(row, sums.at(root), graph.registered().among(indexes), blocks);
    }
}
