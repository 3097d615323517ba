package org.openedx.aggregator.fault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.openedx.aggregator.oracle.Expected;
import org.openedx.aggregator.support.ServiceProcess;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What the REST interface says of all learners of a course. */
final class ShownAggregates {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 500;
    private static final List<String> TYPES = List.of("course", "chapter", "sequential", "vertical");

    private ShownAggregates() {
    }

    /** A block of a learner, without what only reports see. */
    record Shown(String block, double earned, double possible, double percent) {

        static Shown of(Expected row) {
            return new Shown(row.blockKey(), row.earned(), row.possible(), row.percent());
        }
    }

    /** By username. */
    static Map<String, List<Shown>> of(ServiceProcess service, String course, int learners) {
        var shown = new HashMap<String, List<Shown>>();
        for (int page = 1; (page - 1) * PAGE < learners; page++) {
            var path = "/completion-aggregator/v1/course/%s/?page_size=%d&page=%d&requested_fields=%s".formatted(
                    course.replace("+", "%2B"), PAGE, page, String.join(",", TYPES));
            var body = service.get(path).orElseThrow(() -> new AssertionError("No answer to " + path));
            parsed(body).get("results").forEach(result -> shown.put(result.get("username").asText(), blocks(result)));
        }
        return shown;
    }

    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Shown> blocks(JsonNode result) {
        var blocks = new ArrayList<Shown>();
        for (var type : TYPES) {
            for (var block : result.get(type)) {
                var completion = block.get("completion");
                blocks.add(new Shown(block.get("block_key").asText(), completion.get("earned").asDouble(),
                        completion.get("possible").asDouble(), completion.get("percent").asDouble()));
            }
        }
        return blocks;
    }
}
