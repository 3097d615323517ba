package org.openedx.aggregator.course;

import java.util.BitSet;
import java.util.OptionalInt;

/**
 * One version of a course, compiled for rolling up: the blocks that count, children before parents, as flat arrays.
 * Blocks that are excluded, or lie beneath an excluded or a completable block, are not in it.
 *
 * <p>
 * Nodes are numbered from 0; a node's children have smaller numbers; the root is the last node.
 */
public final class CourseGraph {

    private final int structureId;
    private final RegisteredBlocks registered;
    private final int[] registeredNodes;
    private final BlockIndex completable;
    private final BlockIndex all;
    private final int[] firstChild;
    private final int[] children;
    private final double[] possible;

    CourseGraph(int structureId, CompiledNodes nodes) {
        this.structureId = structureId;
        this.registered = nodes.registered();
        this.registeredNodes = nodes.registeredNodes();
        this.completable = nodes.completable();
        this.all = nodes.all();
        this.firstChild = nodes.firstChild();
        this.children = nodes.children();
        this.possible = nodes.possible();
    }

    /** Names the course version this graph was compiled from. */
    public int structureId() {
        return structureId;
    }

    /** How many nodes there are; 0 if nothing in the course counts. */
    public int size() {
        return possible.length;
    }

    /** The blocks results are kept for; the one at index {@code i} is the node {@link #registeredNode(int)}. */
    public RegisteredBlocks registered() {
        return registered;
    }

    public int registeredNode(int index) {
        return registeredNodes[index];
    }

    /** The node of a completable block; -1 for any other block, also one the course has no more. */
    public int completableNode(int blockId) {
        return completable.get(blockId);
    }

    /** The node of a block that counts. */
    public OptionalInt node(int blockId) {
        int node = all.get(blockId);
        return node == BlockIndex.ABSENT ? OptionalInt.empty() : OptionalInt.of(node);
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

    /** A node and all nodes beneath it. */
    public BitSet beneath(int top) {
        var nodes = new BitSet(top + 1);
        nodes.set(top);
        for (int node = top; node >= 0; node = nodes.previousSetBit(node - 1)) {
            for (int position = firstChild[node]; position < firstChild[node + 1]; position++) {
                nodes.set(children[position]);
            }
        }
        return nodes;
    }

    /** About what this graph takes in memory. */
    int bytes() {
        int perRegistered = 200;
        return 200 + registered.size() * perRegistered + completable.bytes() + all.bytes()
                + 4 * (registeredNodes.length + firstChild.length + children.length) + 8 * possible.length;
    }
}
