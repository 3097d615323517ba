package org.openedx.aggregator.deployment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * As much of Kustomize as the overlays here use: resources, a namespace, patches that are merged, images. What it does not
 * know it refuses. Where kubectl is, KustomizationTest compares the two.
 */
final class Kustomization {

    private static final Set<String> KNOWN = Set.of("apiVersion", "kind", "namespace", "resources", "patches", "images");

    private final Path directory;
    private final Map<String, Object> fields;

    private Kustomization(Path directory) {
        this.directory = directory;
        this.fields = Manifest.parse(Project.read(directory.resolve("kustomization.yaml"))).get(0).fields();
        if (!KNOWN.containsAll(fields.keySet())) {
            throw new IllegalArgumentException("More than these tests know: " + fields.keySet());
        }
    }

    static List<Manifest> render(String directory) {
        return new Kustomization(Path.of(directory)).render();
    }

    private List<Manifest> render() {
        var manifests = new ArrayList<Manifest>();
        Manifest.list(fields.get("resources")).forEach(resource -> manifests.addAll(resource(resource.toString())));
        Manifest.list(fields.get("patches")).forEach(patch -> patch(manifests, Manifest.map(patch).get("path").toString()));
        manifests.forEach(this::place);
        manifests.forEach(this::nameImages);
        return manifests;
    }

    private List<Manifest> resource(String name) {
        var path = directory.resolve(name).normalize();
        return Files.isDirectory(path) ? new Kustomization(path).render() : Manifest.parse(Project.read(path));
    }

    private void patch(List<Manifest> manifests, String file) {
        var patch = Manifest.parse(Project.read(directory.resolve(file))).get(0);
        var target = manifests.stream().filter(manifest -> manifest.id().equals(patch.id())).findFirst().orElseThrow(
                () -> new IllegalArgumentException(file + " patches nothing"));
        merge(target.fields(), patch.fields());
    }

    private static void merge(Map<String, Object> target, Map<String, Object> patch) {
        for (var entry : patch.entrySet()) {
            if (entry.getValue() == null) {
                target.remove(entry.getKey());
            } else if (entry.getValue() instanceof Map<?, ?> map) {
                merge(Manifest.map(target.computeIfAbsent(entry.getKey(), key -> new LinkedHashMap<>())), Manifest.map(map));
            } else if (entry.getValue() instanceof List<?> list && target.get(entry.getKey()) instanceof List<?> present) {
                mergeByName(Manifest.list(present), list);
            } else {
                target.put(entry.getKey(), entry.getValue());
            }
        }
    }

    // Those that are patched come first.
    private static void mergeByName(List<Object> present, List<?> patches) {
        for (int index = 0; index < patches.size(); index++) {
            var patch = Manifest.map(patches.get(index));
            var target = present.stream().filter(item -> named(item, patch)).findFirst().orElseThrow();
            merge(Manifest.map(target), patch);
            present.remove(target);
            present.add(index, target);
        }
    }

    private static boolean named(Object item, Map<String, Object> other) {
        return Manifest.map(item).get("name").equals(other.get("name"));
    }

    private void place(Manifest manifest) {
        if (fields.containsKey("namespace") && !manifest.kind().equals("Namespace")) {
            Manifest.map(manifest.at("metadata")).put("namespace", fields.get("namespace"));
        }
    }

    private void nameImages(Manifest manifest) {
        for (var image : Manifest.list(fields.get("images"))) {
            manifest.containers().forEach(container -> nameImage(container, Manifest.map(image)));
        }
    }

    private static void nameImage(Map<String, Object> container, Map<String, Object> image) {
        if (container.get("image").toString().split(":")[0].equals(image.get("name"))) {
            container.put("image", image.get("newName") + ":" + image.get("newTag"));
        }
    }
}
