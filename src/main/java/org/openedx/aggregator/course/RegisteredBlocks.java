package org.openedx.aggregator.course;

import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The blocks of a course version that results are kept for, in the order of the results: by registered type, and within
 * a type in the order of the course.
 */
public record RegisteredBlocks(List<RegisteredBlock> blocks) {

    /** One block results are kept for; the aggregation name is its type. */
    public record RegisteredBlock(String aggregationName, String blockKey) {
    }

    public RegisteredBlocks {
        blocks = List.copyOf(blocks);
    }

    public int size() {
        return blocks.size();
    }

    public RegisteredBlock get(int index) {
        return blocks.get(index);
    }

    /** Those at some of the places. */
    public RegisteredBlocks among(BitSet places) {
        return places.cardinality() == size() ? this : new RegisteredBlocks(places.stream().mapToObj(blocks::get).toList());
    }

    /** The places of each type's blocks, for types that have any. */
    public Map<String, Range> byType() {
        var ranges = new LinkedHashMap<String, Range>();
        for (int index = 0; index < blocks.size(); index++) {
            ranges.merge(blocks.get(index).aggregationName(), new Range(index, index + 1), Range::joined);
        }
        return ranges;
    }

    /** How many of the first blocks hold all blocks of some types. */
    public int prefix(Collection<String> types) {
        return byType()
                .entrySet()
                .stream()
                .filter(entry -> types.contains(entry.getKey()))
                .mapToInt(entry -> entry.getValue().to())
                .max()
                .orElse(0);
    }

    /** Places {@code from} (inclusive) to {@code to} (exclusive). */
    public record Range(int from, int to) {
        Range joined(Range next) {
            return new Range(from, next.to);
        }
    }
}
