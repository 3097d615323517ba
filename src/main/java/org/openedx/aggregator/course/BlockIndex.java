package org.openedx.aggregator.course;

import java.util.Arrays;

/** From block ids to nodes: open addressing in two arrays, because a roll-up looks up every fact here. */
final class BlockIndex {

    static final int ABSENT = -1;

    private final int[] ids;
    private final int[] nodes;
    private final int mask;

    BlockIndex(int[] blockIds, int[] nodeOfBlock) {
        int capacity = Integer.highestOneBit(Math.max(4, blockIds.length * 2) - 1) * 2;
        ids = new int[capacity];
        nodes = new int[capacity];
        mask = capacity - 1;
        Arrays.fill(nodes, ABSENT);
        for (int index = 0; index < blockIds.length; index++) {
            put(blockIds[index], nodeOfBlock[index]);
        }
    }

    int get(int blockId) {
        int slot = slot(blockId);
        while (nodes[slot] != ABSENT) {
            if (ids[slot] == blockId) {
                return nodes[slot];
            }
            slot = slot + 1 & mask;
        }
        return ABSENT;
    }

    int bytes() {
        return ids.length * 8;
    }

    private void put(int blockId, int node) {
        int slot = slot(blockId);
        while (nodes[slot] != ABSENT) {
            slot = slot + 1 & mask;
        }
        ids[slot] = blockId;
        nodes[slot] = node;
    }

    // Ids of one course follow each other; the factor spreads several runs of them.
    private int slot(int blockId) {
        int mixed = blockId * 0x9E3779B9;
        return (mixed ^ mixed >>> 16) & mask;
    }
}
