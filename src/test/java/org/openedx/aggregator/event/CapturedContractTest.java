package org.openedx.aggregator.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openedx.aggregator.event.DeadLetterBox.header;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;
import org.openedx.aggregator.support.NoAggregation;
import org.openedx.aggregator.support.Registry;
import org.openedx.aggregator.support.RegistryResource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;

/** What each captured table does to ours, byte for byte, in every form Debezium gives its rows. */
@QuarkusTest
@TestProfile(NoAggregation.class)
@WithTestResource(value = RegistryResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class CapturedContractTest {

    private static final Map<String, String> OURS = Map.of("block_completion", "learner_id", "enrollment", "learner_id",
            "learner", "id", "cohort", "id", "cohort_member", "learner_id", "cohort_group", "cohort_id",
            "course_access_role", "learner_id", "library_selection", "learner_id", "learner_group", "learner_id",
            "stale_completion", "ABS(learner_id)");

    Registry registry;

    private Lms lms;

    /** A captured change in all its forms, and what is to be seen afterwards. */
    private record Captured(JsonNode json) {

        String table() {
            return json.get("table").asText();
        }

        String form(String name) {
            return json.get(name).toString();
        }

        String schema(String name) {
            return json.get(name + "Schema").toString();
        }

        byte[] datum(String name) {
            return HexFormat.of().parseHex(json.get(name).asText());
        }

        @Override
        public String toString() {
            return table() + " " + json.get("op").asText();
        }
    }

    static List<Captured> captured() throws IOException {
        try (var file = CapturedContractTest.class.getResourceAsStream("/captured-rows.json")) {
            return StreamSupport.stream(new ObjectMapper().readTree(file).spliterator(), false).map(Captured::new).toList();
        }
    }

    @BeforeEach
    void open() {
        lms = new Lms();
        OURS.forEach((table, column) -> Database
                .rows("DELETE FROM " + table + " WHERE " + column + " BETWEEN 5400001 AND 5400009"));
    }

    @AfterEach
    void close() {
        lms.close();
    }

    @ParameterizedTest
    @MethodSource("captured")
    void an_envelope_in_json_has_its_effect(Captured captured) {
        assertEffect(captured, captured.form("envelope").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("captured")
    void an_envelope_with_its_schema_has_its_effect(Captured captured) {
        var value = "{\"schema\": {\"type\": \"struct\", \"fields\": []}, \"payload\": " + captured.form("envelope") + "}";
        assertEffect(captured, value.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("captured")
    void a_flat_row_in_json_has_its_effect(Captured captured) {
        assertEffect(captured, captured.form("flat").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("captured")
    void an_envelope_in_avro_has_its_effect(Captured captured) {
        assertEffect(captured, framed(captured, "avro"));
    }

    @ParameterizedTest
    @MethodSource("captured")
    void a_flat_row_in_avro_has_its_effect(Captured captured) {
        assertEffect(captured, framed(captured, "flatAvro"));
    }

    @ParameterizedTest
    @MethodSource("captured")
    void the_same_again_sets_no_wide_mark(Captured captured) {
        // Given
        send(captured, captured.form("envelope").getBytes(StandardCharsets.UTF_8));
        lms.awaitIngested();
        Database.rows("DELETE FROM stale_completion WHERE course_id = 0");

        // When
        send(captured, captured.form("envelope").getBytes(StandardCharsets.UTF_8));
        lms.awaitIngested();

        // Then
        assertThat(Database.number("SELECT COUNT(*) FROM stale_completion WHERE course_id = 0")).isZero();
    }

    @Test
    void bad_rows_go_to_the_dead_letters_and_tombstones_nowhere() throws IOException {
        // Given
        var known = captured().stream().filter(row -> !row.table().startsWith("course_overviews")).toList();
        lms.send(new ProducerRecord<>(Lms.CAPTURED + known.get(0).table(), new byte[0]));
        lms.awaitIngested();

        try (var letters = new DeadLetterBox()) {
            // When
            for (var row : known) {
                lms.capture(row.table(), null);
                send(row,
                        "{\"op\": \"c\", \"after\": {\"module_type\": \"library_content\"}}".getBytes(StandardCharsets.UTF_8));
                var cut = framed(row, "avro");
                send(row, Arrays.copyOf(cut, cut.length - 1));
            }
            lms.awaitIngested();

            // Then
            assertThat(letters.letters()).hasSize(known.size() * 2)
                    .allSatisfy(letter -> assertThat(header(letter, "dead-letter-reason"))
                            .containsAnyOf("is missing", "The Avro datum is truncated"));
        }
    }

    @Test
    void a_role_edited_in_place_is_taken_back_from_the_old_row() {
        // When
        lms.capture("student_courseaccessrole", """
                {"before": {"id": 1, "user_id": 5499001, "org": "Cdc", "course_id": "course-v1:Cdc+Edited+1", "role": "staff"},
                 "after": {"id": 1, "user_id": 5499001, "org": "Cdc", "course_id": "course-v1:Cdc+Edited+1",
                           "role": "beta_testers"}, "source": {"ts_ms": 1777896001500}, "op": "u"}""");
        lms.awaitIngested();

        // Then
        assertThat(Database.rows("SELECT role, granted FROM course_access_role WHERE learner_id = 5499001 ORDER BY role"))
                .containsExactly(Map.of("role", "beta_testers", "granted", true), Map.of("role", "staff", "granted", false));
    }

    @Test
    void a_change_made_while_a_snapshot_is_read_is_not_older_than_the_snapshot() {
        // Given: enrolled when the snapshot began, left an hour later, read another hour later
        var row = "{\"user_id\": 5499002, \"course_id\": \"course-v1:Cdc+Snapshot+1\", \"is_active\": %d, \"mode\": \"audit\"}";
        var envelope = "{\"before\": null, \"after\": %s, \"source\": {\"ts_ms\": %d}, \"op\": \"%s\"}";

        // When
        lms.capture("student_courseenrollment", envelope.formatted(row.formatted(1), 1777903201500L, "r"));
        lms.capture("student_courseenrollment", envelope.formatted(row.formatted(0), 1777899601500L, "u"));
        lms.awaitIngested();

        // Then
        assertThat(Database.rows("SELECT active FROM enrollment WHERE learner_id = 5499002"))
                .containsExactly(Map.of("active", false));
    }

    @Test
    void the_progress_of_a_snapshot_is_a_metric() throws IOException {
        // Given
        var user = captured().stream().filter(row -> row.table().equals("auth_user")).findFirst().orElseThrow();

        // When
        send(user, user.form("envelope").getBytes(StandardCharsets.UTF_8));
        lms.awaitIngested();

        // Then
        assertThat(RestAssured.get("/q/metrics").asString())
                .containsPattern("aggregator_snapshot_rows_total\\{table=\"auth_user\"[^}]*} [1-9]")
                .containsPattern("aggregator_snapshot_last_row_seconds\\{table=\"auth_user\"[^}]*} 1\\.\\d+E9");
    }

    private void assertEffect(Captured captured, byte[] value) {
        // When
        send(captured, value);
        lms.awaitIngested();

        // Then
        assertThat(Database.rows(captured.json().get("query").asText())).hasToString(captured.json().get("effect").asText());
    }

    private void send(Captured captured, byte[] value) {
        lms.send(new ProducerRecord<>(Lms.CAPTURED + captured.table(), "{\"id\":1}".getBytes(StandardCharsets.UTF_8), value));
    }

    private byte[] framed(Captured captured, String form) {
        int id = registry.register(Lms.CAPTURED + captured.table() + "-" + form, captured.schema(form));
        return Wire.frame(id, captured.datum(form));
    }
}
