package org.openedx.aggregator.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A generated course with the reference's answers. */
record ConformanceCase(int number, JsonNode json) {

    private static final Path FOLDER = Path.of("../shared/conformance");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The cases with the given registered types; skips the test where the cases are absent. */
    static Stream<ConformanceCase> withTypes(List<String> types) {
        Assumptions.assumeTrue(Files.isDirectory(FOLDER), "No conformance cases at " + FOLDER);
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().map(ConformanceCase::read)
                    .filter(it -> it.types().equals(types)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConformanceCase read(Path file) {
        try {
            var number = file.getFileName().toString().replace(".json", "");
            return new ConformanceCase(Integer.parseInt(number), JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String course() {
        return json.get("course_key").asText();
    }

    List<String> types() {
        var types = new ArrayList<String>();
        json.get("aggregate_block_types").forEach(type -> types.add(type.asText()));
        return types;
    }

    /** Everybody the case knows, in the order of their ids. */
    List<String> usernames() {
        var names = new TreeSet<String>();
        for (var round : json.get("rounds")) {
            round.get("completions").fieldNames().forEachRemaining(names::add);
            round.get("expected").get("aggregates").fieldNames().forEachRemaining(names::add);
        }
        return List.copyOf(names);
    }

    long userId(String username) {
        return 10_000L + number * 100L + usernames().indexOf(username);
    }

    /** The body of a structure upload. */
    static String structure(JsonNode blocks) {
        var structure = JSON.createObjectNode();
        structure.put("root", blocks.get(0).get("key").asText());
        var byId = structure.putObject("blocks");
        for (var block : blocks) {
            var entry = byId.putObject(block.get("key").asText());
            entry.set("id", block.get("key"));
            entry.set("type", block.get("type"));
            entry.set("completion_mode", block.get("mode"));
            if (block.has("children")) {
                entry.set("children", block.get("children"));
            }
        }
        return structure.toString();
    }

    static List<JsonNode> sorted(JsonNode array, String member) {
        var items = new ArrayList<JsonNode>();
        array.forEach(items::add);
        Collections.sort(items, (one, other) -> one.get(member).asText().compareTo(other.get(member).asText()));
        return items;
    }

    @Override
    public String toString() {
        return "%03d %s".formatted(number, json.get("name").asText());
    }
}
