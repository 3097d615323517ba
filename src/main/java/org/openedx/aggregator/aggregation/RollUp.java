package org.openedx.aggregator.aggregation;

import java.util.Arrays;

import org.openedx.aggregator.completion.CompletedBlocks;
import org.openedx.aggregator.course.CourseGraph;
import org.openedx.aggregator.progress.Aggregate;
import org.openedx.aggregator.progress.PackedAggregates;

/**
 * The calculator: the completions of one learner summed up one course graph. A completable block earns its completion,
 * an aggregator the sum over its children in order; a block with two parents counts under each. Blocks that need not be
 * done are summed up apart.
 *
 * <p>
 * One instance rolls up one learner after the other and keeps its arrays; it is not for several threads.
 */
final class RollUp {

    private final double[] earned;
    private final double[] optionalEarned;
    private final long[] lastModified;
    private CourseGraph graph;

    /** For the learners who see a graph, and for those who see other parts of the same course. */
    RollUp(CourseGraph graph) {
        this.graph = graph;
        this.earned = new double[graph.size()];
        this.optionalEarned = new double[graph.hasOptional() ? graph.size() : 0];
        this.lastModified = new long[graph.size()];
    }

    /** Has the next learners be those who see another part of the course. */
    RollUp on(CourseGraph part) {
        graph = part;
        return this;
    }

    /** Forgets the previous learner and computes this one. Facts about blocks that do not count change nothing. */
    RollUp of(CompletedBlocks facts) {
        Arrays.fill(earned, 0.0);
        Arrays.fill(optionalEarned, 0.0);
        Arrays.fill(lastModified, Aggregate.NEVER);
        for (int index = 0; index < facts.size(); index++) {
            int node = graph.completableNode(facts.blockId(index));
            if (node >= 0) {
                (graph.isOptional(node) ? optionalEarned : earned)[node] = facts.completion(index);
                lastModified[node] = facts.modified(index);
            }
        }
        for (int node = 0; node < earned.length; node++) {
            addChildren(node);
        }
        return this;
    }

    /** What was rolled up. */
    CourseGraph graph() {
        return graph;
    }

    /** The whole course. */
    Aggregate course() {
        return earned.length == 0 ? new Aggregate(0.0, 0.0, Aggregate.NEVER) : at(earned.length - 1);
    }

    Aggregate at(int node) {
        return new Aggregate(earned[node], graph.possible(node), lastModified[node],
                graph.hasOptional() ? optionalEarned[node] : 0.0, graph.optionalPossible(node));
    }

    PackedAggregates registered() {
        int size = graph.registered().size();
        var packed = new PackedAggregates.Builder(size);
        for (int index = 0; index < size; index++) {
            int node = graph.registeredNode(index);
            if (graph.isVisible(node)) {
                packed.add(at(node));
            } else {
                packed.addHidden();
            }
        }
        return packed.build();
    }

    private void addChildren(int node) {
        int end = graph.firstChild(node + 1);
        for (int position = graph.firstChild(node); position < end; position++) {
            int child = graph.child(position);
            earned[node] += earned[child];
            if (graph.hasOptional()) {
                optionalEarned[node] += optionalEarned[child];
            }
            lastModified[node] = Math.max(lastModified[node], lastModified[child]);
        }
    }
}
