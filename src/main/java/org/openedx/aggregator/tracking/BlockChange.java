package org.openedx.aggregator.tracking;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The new value of a block.
 *
 * @param ordinal which of the course version's registered blocks it is, from 1
 */
record BlockChange(int ordinal, double earned, double possible) {

    /** As the outbox keeps it. */
    static String text(List<BlockChange> changes) {
        return changes.stream()
                .map(change -> change.ordinal + "," + change.earned + "," + change.possible)
                .collect(Collectors.joining(";"));
    }

    /** What {@link #text} has written. */
    static List<BlockChange> list(String text) {
        return Arrays.stream(text.split(";")).map(BlockChange::parse).toList();
    }

    private static BlockChange parse(String text) {
        var parts = text.split(",");
        return new BlockChange(Integer.parseInt(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
    }
}
