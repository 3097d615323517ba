package org.openedx.aggregator.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** One object for Kubernetes, as it would be sent. */
record Manifest(Map<String, Object> fields) {

    static List<Manifest> parse(String yaml) {
        var manifests = new ArrayList<Manifest>();
        for (var document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml)) {
            if (document != null) {
                manifests.add(new Manifest(map(document)));
            }
        }
        return manifests;
    }

    String kind() {
        return text("kind");
    }

    String name() {
        return text("metadata", "name");
    }

    String id() {
        return kind() + "/" + name();
    }

    /** The value at a path of keys and, in lists, of indexes or names; null if there is none. */
    Object at(Object... path) {
        Object value = fields;
        for (var step : path) {
            value = step(value, step);
        }
        return value;
    }

    String text(Object... path) {
        return String.valueOf(at(path));
    }

    /** What pods of this object are; nothing if it has none. */
    Stream<Manifest> pods() {
        return at("spec", "template", "spec") == null
                ? Stream.empty()
                : Stream.of(new Manifest(map(at("spec", "template"))));
    }

    Stream<Map<String, Object>> containers() {
        return pods().flatMap(pod -> list(pod.at("spec", "containers")).stream()).map(Manifest::map);
    }

    private static Object step(Object value, Object step) {
        if (value instanceof List<?> list) {
            return step instanceof Integer index
                    ? list.get(index)
                    : list.stream().filter(item -> step.equals(map(item).get("name"))).findFirst().orElse(null);
        }
        return value == null ? null : map(value).get(step);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object value) {
        return value == null ? List.of() : (List<Object>) value;
    }
}
