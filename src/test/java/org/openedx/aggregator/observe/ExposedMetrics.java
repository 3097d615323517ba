package org.openedx.aggregator.observe;

import static io.restassured.RestAssured.given;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the running service shows to Prometheus. */
final class ExposedMetrics {

    private static final Pattern FAMILY = Pattern.compile("^# TYPE (\\S+) (\\w+)", Pattern.MULTILINE);
    private static final List<String> PREFIXES = List.of("completion_", "aggregator_");

    private ExposedMetrics() {
    }

    static String text() {
        return given().get("/q/metrics").asString();
    }

    /** The names of our own; a timer and its maximum are one. */
    static Set<String> ours() {
        var all = FAMILY.matcher(text()).results().map(ExposedMetrics::name).collect(Collectors.toSet());
        return all.stream()
                .filter(name -> PREFIXES.stream().anyMatch(name::startsWith))
                .filter(name -> !name.endsWith("_max") || !all.contains(name.replaceFirst("_max$", "")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    // The newer format names a counter without its suffix.
    private static String name(MatchResult family) {
        var name = family.group(1);
        return family.group(2).equals("counter") && !name.endsWith("_total") ? name + "_total" : name;
    }
}
