package org.openedx.aggregator.aggregation;

import java.util.Arrays;

import org.openedx.aggregator.completion.CompletedBlocks;
import org.openedx.aggregator.course.CourseGraph;
import org.openedx.aggregator.progress.Aggregate;
import org.openedx.aggregator.progress.PackedAggregates;

/**
 * The calculator: the completions of one learner summed up one course graph. A completable block earns its completion,
 * an aggregator the sum over its children in order; a block with two parents counts under each.
 *
 * <p>
 * One instance rolls up one learner after the other and keeps its arrays; it is not for several threads.
 */
final class RollUp {

    private final CourseGraph graph;
    private final double[] earned;
    private final long[] lastModified;

    RollUp(CourseGraph graph) {
        this.graph = graph;
        this.earned = new double[graph.size()];
        this.lastModified = new long[graph.size()];
    }

    /** Forgets the previous learner and computes this one. Facts about blocks that do not count change nothing. */
    RollUp of(CompletedBlocks facts) {
        Arrays.fill(earned, 0.0);
        Arrays.fill(lastModified, Aggregate.NEVER);
        for (int index = 0; index < facts.size(); index++) {
            int node = graph.completableNode(facts.blockId(index));
            if (node >= 0) {
                earned[node] = facts.completion(index);
                lastModified[node] = facts.modified(index);
            }
        }
        for (int node = 0; node < earned.length; node++) {
            addChildren(node);
        }
        return this;
    }

    /** The whole course. */
    Aggregate course() {
        return earned.length == 0 ? new Aggregate(0.0, 0.0, Aggregate.NEVER) : at(earned.length - 1);
    }

    Aggregate at(int node) {
        return new Aggregate(earned[node], graph.possible(node), lastModified[node]);
    }

    PackedAggregates registered() {
        int size = graph.registered().size();
        var packed = new PackedAggregates.Builder(size);
        for (int index = 0; index < size; index++) {
            int node = graph.registeredNode(index);
            packed.add(earned[node], graph.possible(node), lastModified[node]);
        }
        return packed.build();
    }

    private void addChildren(int node) {
        int end = graph.firstChild(node + 1);
        for (int position = graph.firstChild(node); position < end; position++) {
            int child = graph.child(position);
            earned[node] += earned[child];
            lastModified[node] = Math.max(lastModified[node], lastModified[child]);
        }
    }
}
