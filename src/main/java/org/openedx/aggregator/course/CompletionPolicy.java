package org.openedx.aggregator.course;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a site decided about completion: the mode of each block type, and the types that results are kept for. It is
 * stored with each course version, so that every replica compiles a version alike while a new setting is rolled out.
 *
 * @param countsUnreleased whether blocks count before their release date
 * @param registered the aggregator types results are kept for, coarsest first
 */
record CompletionPolicy(ModeTable modes, List<String> registered, boolean countsUnreleased) {

    private static final String UNRELEASED = ",unreleased";

    CompletionPolicy {
        registered = List.copyOf(registered);
    }

    /** Three lines that {@link #parse} reads back; equal for equal policies. */
    String text() {
        var types = new TreeMap<>(modes.byType())
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().text())
                .collect(Collectors.joining(","));
        return String.join(",", registered) + "\n" + modes.unknown().text() + (countsUnreleased ? UNRELEASED : "") + "\n"
                + types;
    }

    static CompletionPolicy parse(String text) {
        var lines = text.split("\n", 3);
        var modes = new HashMap<String, CompletionMode>();
        for (var entry : list(lines[2])) {
            int equals = entry.lastIndexOf('=');
            modes.put(entry.substring(0, equals), mode(entry.substring(equals + 1)));
        }
        boolean countsUnreleased = lines[1].endsWith(UNRELEASED);
        var unknown = countsUnreleased ? lines[1].substring(0, lines[1].length() - UNRELEASED.length()) : lines[1];
        return new CompletionPolicy(new ModeTable(Map.copyOf(modes), mode(unknown)), list(lines[0]), countsUnreleased);
    }

    Set<String> aggregatorTypes() {
        var types = new HashSet<>(registered);
        modes.byType().forEach((type, mode) -> {
            if (mode == CompletionMode.AGGREGATOR) {
                types.add(type);
            }
        });
        return types;
    }

    private static List<String> list(String line) {
        return Arrays.stream(line.split(","))
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static CompletionMode mode(String text) {
        return CompletionMode.parse(text).orElseThrow();
    }
}
