package org.openedx.aggregator.course;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.openedx.aggregator.learner.Audience;

/**
 * The ways from block to child that are open to an audience. Who finds the same ways open shares a graph.
 *
 * @param children positions in the list of all children
 */
record OpenWays(int structureId, BitSet children) {

    /** Empty if not even the course itself may be seen. */
    static Optional<OpenWays> of(int structureId, CompiledNodes nodes, Audience audience, long releasedAt) {
        return new Walk(nodes, audience, releasedAt).open().map(children -> new OpenWays(structureId, children));
    }

    static OpenWays all(int structureId, CompiledNodes nodes) {
        var children = new BitSet(nodes.children().length);
        children.set(0, nodes.children().length);
        return new OpenWays(structureId, children);
    }

    /** From the root down: a node's parents have higher numbers, so all of them are dealt with before it. */
    private static final class Walk {

        private final CompiledNodes nodes;
        private final VisibilityRules rules;
        private final Audience audience;
        private final long releasedAt;
        private final BitSet seen = new BitSet();
        private final BitSet open = new BitSet();

        Walk(CompiledNodes nodes, Audience audience, long releasedAt) {
            this.nodes = nodes;
            this.rules = nodes.rules();
            this.audience = audience;
            this.releasedAt = releasedAt;
        }

        Optional<BitSet> open() {
            int root = nodes.size() - 1;
            if (root >= 0 && !rules.admits(root, audience, releasedAt)) {
                return Optional.empty();
            }
            if (root >= 0) {
                seen.set(root);
            }
            for (int node = root; node >= 0; node = seen.previousSetBit(node - 1)) {
                openChildren(node);
            }
            return Optional.of(open);
        }

        private void openChildren(int node) {
            if (!rules.libraries().isEmpty() && rules.libraries().containsKey(node)) {
                given(node, rules.libraries().get(node)).forEach(this::openIfAdmitted);
                return;
            }
            for (int position = nodes.firstChild()[node]; position < nodes.firstChild()[node + 1]; position++) {
                openIfAdmitted(position);
            }
            if (rules.splits().get(node)) {
                openFirstUnlessKnown(node);
            }
        }

        private void openIfAdmitted(int position) {
            if (rules.admits(nodes.children()[position], audience, releasedAt)) {
                open(position);
            }
        }

        private void open(int position) {
            open.set(position);
            seen.set(nodes.children()[position]);
        }

        // The LMS draws a group at the first visit; until we know it, the first branch stands for any of them.
        private void openFirstUnlessKnown(int node) {
            int first = nodes.firstChild()[node];
            if (first == nodes.firstChild()[node + 1]) {
                return;
            }
            int child = nodes.children()[first];
            if (rules.asksForUnknown(child, audience) && rules.isOpen(child, audience, releasedAt)) {
                open(first);
            }
        }

        // What was picked and is still in the library, filled up with the first of the others.
        private List<Integer> given(int node, int count) {
            var picked = picked(node);
            var inOrder = new ArrayList<Integer>();
            for (int position = nodes.firstChild()[node]; position < nodes.firstChild()[node + 1]; position++) {
                inOrder.add(position);
            }
            // Sorting is stable: the order of the course stays.
            inOrder.sort((one, other) -> Boolean.compare(isIn(picked, other), isIn(picked, one)));
            return inOrder.subList(0, Math.min(count, inOrder.size()));
        }

        private boolean isIn(Set<Integer> picked, int position) {
            return picked.contains(nodes.children()[position]);
        }

        private Set<Integer> picked(int library) {
            for (var selection : audience.selections().entrySet()) {
                if (nodes.all().get(selection.getKey()) == library) {
                    var picked = new HashSet<Integer>();
                    selection.getValue().forEach(block -> picked.add(nodes.all().get(block)));
                    return picked;
                }
            }
            return Collections.emptySet();
        }
    }
}
