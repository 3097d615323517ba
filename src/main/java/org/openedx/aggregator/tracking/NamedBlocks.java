package org.openedx.aggregator.tracking;

import java.util.List;

/** The registered blocks of a course version, in the order of its results. */
record NamedBlocks(List<NamedBlock> blocks) {

    record NamedBlock(String type, String key) {
    }

    /** The block of an ordinal, which counts from 1. */
    NamedBlock get(int ordinal) {
        return blocks.get(ordinal - 1);
    }

    int size() {
        return blocks.size();
    }
}
