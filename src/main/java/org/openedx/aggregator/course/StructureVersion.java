package org.openedx.aggregator.course;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One stored version of a course.
 *
 * @param id the service's own number of the version; a later version has a higher one
 * @param label what the publisher called it
 */
public record StructureVersion(int id, Optional<String> label, CourseStructure structure, ModeTable modes) {

    /** How many blocks there are of each type. */
    public Map<String, Integer> countsByType() {
        return counts(Block::type);
    }

    /** How many blocks there are of each completion mode. */
    public Map<String, Integer> countsByMode() {
        return counts(block -> modes.of(block).text());
    }

    /** The structure in the form of the Course Blocks API. */
    public byte[] document() {
        return BlocksApiWriter.write(structure);
    }

    private Map<String, Integer> counts(Function<Block, String> property) {
        var counts = new TreeMap<String, Integer>();
        for (var block : structure.blocks().values()) {
            counts.merge(property.apply(block), 1, Integer::sum);
        }
        return counts;
    }
}
