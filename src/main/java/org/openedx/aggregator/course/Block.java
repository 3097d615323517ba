package org.openedx.aggregator.course;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

import org.openedx.aggregator.key.UsageKey;

/**
 * A block of a course as its authors left it, nothing inherited.
 *
 * @param type the block type, which may differ from the one in the key
 * @param displayName the title, empty if the block has none
 * @param children in the order of the course
 * @param completionMode the mode the LMS reported; empty leaves it to the {@link ModeTable}
 * @param start the block's own release date
 * @param groupAccess the groups that may see the block, by user partition; a partition that is absent restricts nobody
 * @param daysEarlyForBeta how many days before their release beta testers see blocks; said by the course block
 * @param maxCount how many of its children a learner of a library block is given; -1 stands for all
 */
public record Block(UsageKey key, String type, String displayName, List<UsageKey> children,
        Optional<CompletionMode> completionMode, Optional<Instant> start, boolean visibleToStaffOnly,
        boolean optionalCompletion, Map<Integer, List<Integer>> groupAccess, OptionalInt maxCount,
        OptionalDouble daysEarlyForBeta) {

    /** A year; nobody tests a course longer than that before it opens. */
    public static final double MAX_DAYS_EARLY = 366.0;

    public Block {
        Objects.requireNonNull(key);
        Objects.requireNonNull(displayName);
        Objects.requireNonNull(completionMode);
        Objects.requireNonNull(start);
        Objects.requireNonNull(maxCount);
        requireDays(key, daysEarlyForBeta);
        if (type.isBlank()) {
            throw new InvalidStructureException("Block " + key.value() + " has an empty type.");
        }
        children = List.copyOf(children);
        groupAccess = copyOf(groupAccess);
    }

    /** A block about which nothing is known but its place. */
    public static Block of(UsageKey key, List<UsageKey> children) {
        return new Block(key, key.blockType(), "", children, Optional.empty(), Optional.empty(), false, false, Map.of(),
                OptionalInt.empty(), OptionalDouble.empty());
    }

    public Block withCompletionMode(CompletionMode mode) {
        return new Block(key, type, displayName, children, Optional.of(mode), start, visibleToStaffOnly,
                optionalCompletion, groupAccess, maxCount, daysEarlyForBeta);
    }

    private static void requireDays(UsageKey key, OptionalDouble days) {
        if (days.isPresent() && !(days.getAsDouble() >= 0.0 && days.getAsDouble() <= MAX_DAYS_EARLY)) {
            throw new InvalidStructureException("Block " + key.value() + ": days_early_for_beta must be 0 to "
                    + MAX_DAYS_EARLY + ", not " + days.getAsDouble() + ".");
        }
    }

    // Sorted, so that the same access is always written the same way.
    private static Map<Integer, List<Integer>> copyOf(Map<Integer, List<Integer>> groupAccess) {
        if (groupAccess.isEmpty()) {
            return Map.of();
        }
        var copy = new TreeMap<Integer, List<Integer>>();
        groupAccess.forEach((partition, groups) -> copy.put(partition, List.copyOf(groups)));
        return Collections.unmodifiableMap(copy);
    }
}
