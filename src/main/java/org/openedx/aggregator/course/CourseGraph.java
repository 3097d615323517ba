package org.openedx.aggregator.course;

import java.util.BitSet;
import java.util.OptionalInt;

/**
 * A course version, or the part of it that some learners see, ready for rolling up: children before parents, as flat
 * arrays. Blocks that are excluded, or lie beneath an excluded or a completable block, are not in it.
 *
 * <p>
 * Nodes are numbered from 0; a node's children have smaller numbers; the root is the last node. The numbers are those of
 * the whole course: a node that is not seen keeps its number, and nothing is above or beneath it.
 */
public final class CourseGraph {

    private final CompiledNodes nodes;
    private final OpenWays ways;
    private final BitSet visible;
    private final int[] firstChild;
    private final int[] children;
    private final double[] possible;
    private final double[] optionalPossible;

    CourseGraph(int structureId, CompiledNodes nodes, OpenWays ways) {
        this.nodes = nodes;
        this.ways = ways;
        this.visible = new BitSet(nodes.size());
        this.firstChild = new int[nodes.size() + 1];
        this.children = new int[ways.children().cardinality()];
        openWays();
        this.possible = possible(false);
        this.optionalPossible = nodes.optional().isEmpty() ? new double[0] : possible(true);
    }

    /** Names the course version this graph was compiled from. */
    public int structureId() {
        return ways.structureId();
    }

    /** How many nodes there are; 0 if nothing in the course counts. */
    public int size() {
        return possible.length;
    }

    /** The blocks results are kept for; the one at index {@code i} is the node {@link #registeredNode(int)}. */
    public RegisteredBlocks registered() {
        return nodes.registered();
    }

    public int registeredNode(int index) {
        return nodes.registeredNodes()[index];
    }

    /** Whether the learners this graph is for see a node. */
    public boolean isVisible(int node) {
        return visible.get(node);
    }

    /** The node of a completable block; -1 for any other block, also one the course has no more. */
    public int completableNode(int blockId) {
        return nodes.completable().get(blockId);
    }

    /** The node of a block that counts and is seen. */
    public OptionalInt node(int blockId) {
        int node = nodes.all().get(blockId);
        return node == BlockIndex.ABSENT || !isVisible(node) ? OptionalInt.empty() : OptionalInt.of(node);
    }

    /** Where the children of a node begin in {@link #child(int)}; they end where those of the next node begin. */
    public int firstChild(int node) {
        return firstChild[node];
    }

    public int child(int position) {
        return children[position];
    }

    /** What is possible at a node: 1 for a completable block, for an aggregator the sum over its children. */
    public double possible(int node) {
        return possible[node];
    }

    /** Whether any block of the course may be done without being asked for. */
    public boolean hasOptional() {
        return optionalPossible.length > 0;
    }

    /** Whether completing a block is optional. */
    public boolean isOptional(int node) {
        return nodes.optional().get(node);
    }

    /** As {@link #possible(int)}, of the optional blocks, which that does not count. */
    public double optionalPossible(int node) {
        return hasOptional() ? optionalPossible[node] : 0.0;
    }

    /** A node and all nodes beneath it. */
    public BitSet beneath(int top) {
        var beneath = new BitSet(top + 1);
        beneath.set(top);
        for (int node = top; node >= 0; node = beneath.previousSetBit(node - 1)) {
            for (int position = firstChild[node]; position < firstChild[node + 1]; position++) {
                beneath.set(children[position]);
            }
        }
        return beneath;
    }

    OpenWays ways() {
        return ways;
    }

    /** About what this graph takes in memory, beside what it shares with the other parts of the course. */
    int bytes() {
        return 200 + visible.size() / Byte.SIZE + ways.children().size() / Byte.SIZE
                + Integer.BYTES * (firstChild.length + children.length)
                + Double.BYTES * (possible.length + optionalPossible.length);
    }

    private void openWays() {
        if (nodes.size() > 0) {
            visible.set(nodes.size() - 1);
        }
        int next = 0;
        for (int node = 0; node < nodes.size(); node++) {
            firstChild[node] = next;
            int end = nodes.firstChild()[node + 1];
            for (int position = ways.children().nextSetBit(nodes.firstChild()[node]); position >= 0
                    && position < end; position = ways.children().nextSetBit(position + 1)) {
                children[next] = nodes.children()[position];
                visible.set(children[next]);
                next++;
            }
        }
        firstChild[nodes.size()] = next;
    }

    private double[] possible(boolean optional) {
        var sums = new double[nodes.size()];
        for (int node = 0; node < sums.length; node++) {
            sums[node] = nodes.leaves().get(node) && isOptional(node) == optional ? 1.0 : 0.0;
            for (int position = firstChild[node]; position < firstChild[node + 1]; position++) {
                sums[node] += sums[children[position]];
            }
        }
        return sums;
    }
}
