package org.openedx.aggregator.deployment;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The templates of the Tutor plugin, filled in with its own defaults and, where it has none, with the names themselves. */
final class TutorPlugin {

    static final Path FILE = Path.of("deployment/tutor/completion_aggregator.py");
    static final Path FILES = Path.of("deployment/tutor/completion_aggregator_files");

    private static final Pattern SET = Pattern.compile("\\{% set .*?%}.*?\\{% endset %}", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("\\{%.*?%}");
    private static final Pattern VALUE = Pattern.compile("\\{\\{\\s*(.*?)\\s*}}");
    private static final Pattern DEFAULT = Pattern.compile("\\(\"([A-Z0-9_]+)\",\\s*\"([^\"{]*)\"\\)");

    private TutorPlugin() {
    }

    /** What the plugin adds to Tutor's objects for Kubernetes. */
    static List<Manifest> kubernetes() {
        return Stream.of("k8s-deployments", "k8s-services", "k8s-volumes")
                .flatMap(patch -> Manifest.parse(rendered(patch)).stream())
                .toList();
    }

    static String patch(String name) {
        return Project.read(FILES.resolve("patches").resolve(name));
    }

    static String rendered(String patch) {
        var plain = TAG.matcher(SET.matcher(patch(patch)).replaceAll("")).replaceAll("");
        return VALUE.matcher(plain).replaceAll(TutorPlugin::value);
    }

    private static String value(MatchResult expression) {
        var name = expression.group(1).split("\\|")[0];
        return DEFAULT.matcher(Project.read(FILE)).results()
                .filter(found -> found.group(1).equals(name))
                .map(found -> found.group(2))
                .findFirst()
                .orElse(name.replaceAll("\\W", ""));
    }
}
