package org.openedx.aggregator.course;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Gathers the visibility rules of the blocks of a course. */
final class VisibilityCompiler {

    /**
     * The user partition of content type gating. The LMS keeps what it gates in the course and shows an offer instead, so
     * it still counts.
     */
    private static final int CONTENT_TYPE_GATING = 51;

    static final Set<String> LIBRARY_TYPES = Set.of("library_content", "itembank");
    private static final double MICROS_PER_DAY = 86_400_000_000.0;

    private VisibilityCompiler() {
    }

    /** The rules of blocks given by node; the last one is the course. */
    static VisibilityRules rules(List<Block> blocks, CompletionPolicy policy) {
        var staffOnly = new BitSet();
        var access = new ArrayList<Map<Integer, Set<Integer>>>(blocks.size());
        var partitions = new HashSet<Integer>();
        var libraries = new HashMap<Integer, Integer>();
        var splits = new BitSet();
        for (int node = 0; node < blocks.size(); node++) {
            var block = blocks.get(node);
            staffOnly.set(node, block.visibleToStaffOnly());
            splits.set(node, block.type().equals("split_test"));
            if (givesNotAll(block)) {
                libraries.put(node, block.maxCount().getAsInt());
            }
            var asked = access(block);
            partitions.addAll(asked.keySet());
            access.add(asked);
        }
        return new VisibilityRules(releases(blocks, policy), staffOnly, List.copyOf(access), Set.copyOf(partitions),
                Map.copyOf(libraries), splits);
    }

    private static boolean givesNotAll(Block block) {
        return LIBRARY_TYPES.contains(block.type())
                && block.maxCount().isPresent()
                && block.maxCount().getAsInt() >= 0
                && block.maxCount().getAsInt() < block.children().size();
    }

    // An empty list of groups restricts nobody.
    private static Map<Integer, Set<Integer>> access(Block block) {
        return block.groupAccess()
                .entrySet()
                .stream()
                .filter(partition -> partition.getKey() != CONTENT_TYPE_GATING && !partition.getValue().isEmpty())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, partition -> Set.copyOf(partition.getValue())));
    }

    private static Releases releases(List<Block> blocks, CompletionPolicy policy) {
        var starts = new long[blocks.size()];
        Arrays.fill(starts, Releases.ALWAYS);
        for (int node = 0; node < starts.length && !policy.countsUnreleased(); node++) {
            var start = blocks.get(node).start();
            starts[node] = start.isPresent() ? micros(start.get()) : Releases.ALWAYS;
        }
        return Releases.of(starts, blocks.isEmpty() ? 0 : betaLead(blocks.get(blocks.size() - 1)));
    }

    private static long betaLead(Block course) {
        return Math.round(course.daysEarlyForBeta().orElse(0.0) * MICROS_PER_DAY);
    }

    // Dates of the year 300000 are somebody's typing error, not a reason to refuse a course.
    private static long micros(Instant time) {
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, time);
        } catch (ArithmeticException e) {
            return time.isBefore(Instant.EPOCH) ? Releases.ALWAYS : Long.MAX_VALUE;
        }
    }
}
