package org.openedx.aggregator.deployment;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the metrics that an expression of Prometheus names. */
final class MetricNames {

    /** What Prometheus itself and kube-state-metrics bring. */
    private static final Set<String> OF_OTHERS = Set.of("up", "kube_job_status_failed");

    // Strings, label matchers, groupings and ranges name labels, not metrics.
    private static final Pattern NO_METRIC = Pattern.compile(
            "\"[^\"]*\"|\\{[^}]*}|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)|\\[[^]]*]");
    private static final Pattern WORD = Pattern.compile("(?<![a-zA-Z0-9_:.])[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\s*\\()\\b");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset", "sum", "max", "min", "avg",
            "count", "topk");

    private MetricNames() {
    }

    static Set<String> in(String expression) {
        return WORD.matcher(NO_METRIC.matcher(expression).replaceAll(" ")).results()
                .map(MatchResult::group)
                .filter(word -> !OPERATORS.contains(word))
                .collect(Collectors.toSet());
    }

    /** Those a running service shows, as MetricsTest sees to. */
    static Set<String> known() {
        return Project.read("src/test/resources/metrics.txt").lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .collect(Collectors.toSet());
    }

    static Set<String> knownHereOrThere() {
        return Stream.concat(known().stream(), OF_OTHERS.stream()).collect(Collectors.toSet());
    }
}
