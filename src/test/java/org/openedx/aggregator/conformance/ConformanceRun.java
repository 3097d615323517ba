package org.openedx.aggregator.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.openedx.aggregator.support.Api;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Runs a case through the real path: events in, batch run, REST out. */
final class ConformanceRun {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double PRECISION = 1e-9;

    private final ConformanceCase testCase;
    private final Lms lms;

    ConformanceRun(ConformanceCase testCase, Lms lms) {
        this.testCase = testCase;
        this.lms = lms;
    }

    void run() {
        publish(testCase.json().get("blocks"));
        testCase.usernames().forEach(name -> lms.enroll(testCase.userId(name), name, testCase.course()));
        for (var round : testCase.json().get("rounds")) {
            run(round);
        }
    }

    private void run(JsonNode round) {
        if (round.has("blocks")) {
            publish(round.get("blocks"));
        }
        each(round.get("completions"), this::complete);
        if (round.has("deleted")) {
            lms.awaitIngested();
            each(round.get("deleted"), this::delete);
        }
        lms.awaitIngested();
        Database.awaitAggregated(testCase.course());
        assertAnswers(round.get("expected"));
    }

    private void publish(JsonNode blocks) {
        Api.asStaff()
                .contentType("application/json")
                .body(ConformanceCase.structure(blocks))
                .put("/completion-aggregator/v1/structure/" + testCase.course() + "/")
                .then()
                .statusCode(200);
    }

    private void complete(String username, JsonNode completion) {
        lms.complete(testCase.userId(username), testCase.course(), completion.get("block_key").asText(),
                completion.get("completion").asDouble(), completion.get("modified").asText());
    }

    private void delete(String username, JsonNode deleted) {
        var block = deleted.isTextual() ? deleted.asText() : deleted.get("block_key").asText();
        lms.delete(testCase.userId(username), testCase.course(), block, Instant.now());
    }

    private void assertAnswers(JsonNode expected) {
        fields(expected.get("aggregates")).forEach(entry -> assertAggregates(entry.getKey(), entry.getValue()));
        fields(expected.get("detail")).forEach(entry -> assertDetail(entry.getKey(), entry.getValue()));
        assertThat(normal(get("course/%s/?requested_fields=mean")))
                .as("staff list")
                .usingRecursiveComparison()
                .withComparatorForType(ConformanceRun::compare, Double.class)
                .isEqualTo(normal(expected.get("staff_list")));
        assertThat(normal(get("stats/%s/")))
                .as("stats")
                .usingRecursiveComparison()
                .withComparatorForType(ConformanceRun::compare, Double.class)
                .isEqualTo(normal(expected.get("stats")));
    }

    private void assertAggregates(String username, JsonNode expected) {
        var rows = Database.rows("""
                SELECT * FROM completion_aggregator_aggregator WHERE user_id = ? AND course_key = ? ORDER BY block_key""",
                testCase.userId(username), testCase.course());
        var wanted = ConformanceCase.sorted(expected, "block_key");
        assertThat(rows).extracting(row -> row.get("block_key"))
                .as("rows of %s", username)
                .containsExactlyElementsOf(wanted.stream().map(row -> row.get("block_key").asText()).toList());
        for (int index = 0; index < rows.size(); index++) {
            assertRow(username, rows.get(index), wanted.get(index));
        }
    }

    private static void assertRow(String username, Map<String, Object> row, JsonNode wanted) {
        var name = username + " " + wanted.get("block_key").asText();
        assertThat(row.get("aggregation_name")).as(name).isEqualTo(wanted.get("aggregation_name").asText());
        for (var column : List.of("earned", "possible", "percent")) {
            assertThat((Double) row.get(column)).as(name + " " + column)
                    .isCloseTo(wanted.get(column).asDouble(), within(PRECISION));
        }
        var modified = row.get("last_modified") instanceof LocalDateTime time ? time
                : ((java.sql.Timestamp) row.get("last_modified")).toLocalDateTime();
        assertThat(modified.toInstant(ZoneOffset.UTC)).as(name).isEqualTo(Instant.parse(wanted.get("last_modified").asText()));
    }

    private void assertDetail(String username, JsonNode expected) {
        var actual = get("course/%s/?username=" + username + "&requested_fields=chapter,sequential,vertical");
        assertThat(normal(actual))
                .as("detail of %s", username)
                .usingRecursiveComparison()
                .withComparatorForType(ConformanceRun::compare, Double.class)
                .isEqualTo(normal(expected));
    }

    private JsonNode get(String path) {
        try {
            return JSON.readTree(Api.asStaff()
                    .get("/completion-aggregator/v1/" + path.formatted(testCase.course()))
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    // Plain maps and lists, the lists of blocks sorted.
    private static Object normal(JsonNode node) {
        if (node.isObject()) {
            var map = new java.util.TreeMap<String, Object>();
            fields(node).forEach(entry -> map.put(entry.getKey(), normal(entry.getValue())));
            return map;
        }
        if (node.isArray()) {
            var isBlocks = node.size() > 0 && node.get(0).has("block_key");
            var items = new ArrayList<>();
            (isBlocks ? ConformanceCase.sorted(node, "block_key") : node).forEach(item -> items.add(normal(item)));
            return items;
        }
        return node.isNumber() ? (Object) node.asDouble() : node.isNull() ? "null" : node.asText();
    }

    private static int compare(Double one, Double other) {
        return Math.abs(one - other) <= PRECISION ? 0 : Double.compare(one, other);
    }

    private interface Item {
        void on(String username, JsonNode item);
    }

    private static void each(JsonNode byUser, Item item) {
        fields(byUser).forEach(entry -> entry.getValue().forEach(value -> item.on(entry.getKey(), value)));
    }

    private static List<Map.Entry<String, JsonNode>> fields(JsonNode node) {
        var fields = new ArrayList<Map.Entry<String, JsonNode>>();
        Iterator<Map.Entry<String, JsonNode>> iterator = node.fields();
        iterator.forEachRemaining(fields::add);
        return fields;
    }
}
