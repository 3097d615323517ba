package org.openedx.aggregator.aggregation;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.openedx.aggregator.completion.CompletedBlocks;
import org.openedx.aggregator.course.CourseGraph;
import org.openedx.aggregator.course.RegisteredBlocks;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.progress.EnrollmentProgress;
import org.openedx.aggregator.progress.Progress;

/** Everything needed to show some rows, once it is loaded: no I/O from here on. */
final class Presentation {

    private static final RegisteredBlocks NONE = new RegisteredBlocks(List.of());

    private final Shown shown;
    private final Map<Integer, CourseGraph> graphs;
    private final Map<Enrollment, CompletedBlocks> facts;
    private final Set<Enrollment> toCompute;
    private final Map<Integer, RollUp> rollUps = new HashMap<>();

    Presentation(Shown shown, Map<Integer, CourseGraph> graphs, Map<Enrollment, CompletedBlocks> facts,
            Set<Enrollment> toCompute) {
        this.shown = shown;
        this.graphs = graphs;
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
            return computed(row, graphs.get(row.structureId().orElseThrow()));
        }
        return row.stored()
                .map(stored -> stored(row, stored))
                .orElseGet(() -> LearnerProgress.unknown(row));
    }

    private LearnerProgress stored(EnrollmentProgress row, Progress stored) {
        var registered = shown.blocks() ? graphs.get(stored.structureId()).registered() : NONE;
        return new LearnerProgress(row.enrollment().learnerId(), row.courseKey(), row.username(), Optional.of(stored.course()),
                registered,
                stored.blocks().unpack());
    }

    private LearnerProgress computed(EnrollmentProgress row, CourseGraph graph) {
        var rollUp = rollUps.computeIfAbsent(graph.structureId(), id -> new RollUp(graph))
                .of(facts.getOrDefault(row.enrollment(), CompletedBlocks.NONE));
        return shown.rootBlock().isPresent() ? beneathRoot(row, graph, rollUp) : whole(row, graph, rollUp);
    }

    private LearnerProgress whole(EnrollmentProgress row, CourseGraph graph, RollUp rollUp) {
        var blocks = IntStream.range(0, graph.registered().size())
                .mapToObj(index -> rollUp.at(graph.registeredNode(index)))
                .toList();
        return new LearnerProgress(row.enrollment().learnerId(), row.courseKey(), row.username(), Optional.of(rollUp.course()),
                graph.registered(), blocks);
    }

    private LearnerProgress beneathRoot(EnrollmentProgress row, CourseGraph graph, RollUp rollUp) {
        int root = graph.node(shown.rootBlock().getAsInt()).orElse(-1);
        if (root < 0) {
            return LearnerProgress.unknown(row);
        }
        BitSet beneath = graph.beneath(root);
        var indexes = IntStream.range(0, graph.registered().size())
                .filter(index -> beneath.get(graph.registeredNode(index)))
                .toArray();
        return new LearnerProgress(row.enrollment().learnerId(), row.courseKey(), row.username(), Optional.of(rollUp.at(root)),
                new RegisteredBlocks(IntStream.of(indexes).mapToObj(graph.registered()::get).toList()),
                IntStream.of(indexes).mapToObj(index -> rollUp.at(graph.registeredNode(index))).toList());
    }
}
