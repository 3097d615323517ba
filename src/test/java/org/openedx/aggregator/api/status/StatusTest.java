package org.openedx.aggregator.api.status;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Api;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;
import org.openedx.aggregator.support.NoAggregation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;

@QuarkusTest
@TestProfile(NoAggregation.class)
class StatusTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STATUS = "/completion-aggregator/v1/status/";
    private static final String PARKED = STATUS + "parked/";
    private static final String RETRY = PARKED + "retry/";
    private static final String STRUCTURE = """
            {"root": "block-v1:Status+%1$s+1+type@course+block@course", "blocks": {
              "block-v1:Status+%1$s+1+type@course+block@course": {"type": "course",
                "children": ["block-v1:Status+%1$s+1+type@html+block@a", "block-v1:Status+%1$s+1+type@html+block@b"]},
              "block-v1:Status+%1$s+1+type@html+block@a": {"type": "html"},
              "block-v1:Status+%1$s+1+type@html+block@b": {"type": "html"}}}""";

    @Test
    void nobody_but_staff_may_see_or_do_anything() {
        // When
        for (var path : new String[] { STATUS, STATUS + "structures/", PARKED }) {
            given().get(path).then().statusCode(401);
            Api.as("learner").get(path).then().statusCode(403);
        }
        Api.as("learner").contentType("application/json").body(Map.of("all", true)).post(RETRY).then().statusCode(403);
    }

    @Test
    void a_live_replica_is_shown() {
        // When
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> status().at("/replicas/0/alive").asBoolean());

        // Then
        var replica = status().at("/replicas/0");
        assertThat(replica.get("name").asText()).isNotEmpty();
        assertThat(replica.get("version").asText()).isEqualTo("0.1.0-SNAPSHOT");
    }

    @Test
    void a_replica_that_is_silent_fades() {
        // Given
        Database.rows("INSERT INTO replica VALUES (UUID(), 'silent', '1', UTC_TIMESTAMP(6),"
                + " UTC_TIMESTAMP(6) - INTERVAL 2 MINUTE), (UUID(), 'forgotten', '1', UTC_TIMESTAMP(6),"
                + " UTC_TIMESTAMP(6) - INTERVAL 2 HOUR)");

        // When
        var replicas = status().get("replicas").toString();

        // Then
        assertThat(replicas).contains("\"silent\"").doesNotContain("forgotten");
        assertThat(status().get("replicas").findValuesAsText("name")).contains("silent");
        assertThat(alive("silent")).isFalse();
    }

    @Test
    void dead_letters_of_all_replicas_are_counted_by_topic_and_reason() {
        try (var lms = new Lms()) {
            // Given
            long before = letters();

            // When
            lms.send(Lms.ENROLLMENTS, "org.openedx.learning.course.enrollment.changed.v1", "any", "{");
            lms.send(Lms.ENROLLMENTS, "org.openedx.learning.course.enrollment.changed.v1", "any", "{");
            lms.awaitIngested();

            // Then
            assertThat(letters() - before).isEqualTo(2);
        }
    }

    @Test
    void parked_enrollments_are_shown_with_reasons_and_tried_again_on_request() {
        // Given
        int course = publish("Parked");
        park(course, 1_700_001, null);
        park(course, 1_700_002, 77L);
        int other = publish("Other");
        park(other, 1_700_001, null);

        // When
        var page = Api.asStaff().get(PARKED + "?page_size=1000").then().statusCode(200).extract().asString();
        var answer = retry("{\"course_keys\": [\"course-v1:Status+Parked+1\"]}");

        // Then
        assertThat(page).contains("\"course_key\":\"course-v1:Status+Parked+1\",\"user_id\":1700001")
                .contains("\"reason\":\"the tree is broken\"").contains("\"attempts\":3");
        answer.statusCode(202).body("enrollments", equalTo(1));
        assertThat(attempts(course, 1_700_001)).as("tried again").isZero();
        assertThat(attempts(course, 1_700_002)).as("is just being tried").isEqualTo(3);
        assertThat(attempts(other, 1_700_001)).as("of another course").isEqualTo(3);
    }

    @Test
    void all_parked_enrollments_can_be_tried_again() {
        // Given
        int course = publish("All");
        park(course, 1_700_003, null);

        // When
        retry("{\"all\": true}").statusCode(202);

        // Then
        assertThat(attempts(course, 1_700_003)).isZero();
    }

    @Test
    void a_retry_that_says_not_what_is_refused() {
        // When
        retry("{}").statusCode(400).body("detail", equalTo("Give either \"course_keys\" or \"all\": true."));
        retry("{\"all\": true, \"course_keys\": []}").statusCode(400);
        retry("{\"course_keys\": [\"course-v1:Never+Heard+Of\"]}").statusCode(404);
        retry("{\"course_keys\": [\"no key\"]}").statusCode(404);
    }

    @Test
    void the_structure_of_each_course_is_shown_with_its_size_and_age() throws Exception {
        // Given
        publish("Shown");

        // When
        var page = JSON.readTree(Api.asStaff().get(STATUS + "structures/?page_size=1000").asString());

        // Then
        var shown = find(page.get("results"), "course_key", "course-v1:Status+Shown+1");
        assertThat(shown.get("blocks").asInt()).isEqualTo(3);
        assertThat(shown.get("age_seconds").asLong()).isBetween(0L, 600L);
    }

    @Test
    void the_documented_example_has_the_members_of_the_answer() throws Exception {
        // When
        var example = JSON.readTree(given().get("/q/openapi?format=json").asString())
                .at("/components/responses/Status/content/application~1json/examples/status/value");

        // Then
        var status = status();
        assertThat(members(example)).isEqualTo(members(status));
        assertThat(members(example.get("backlog"))).isEqualTo(members(status.get("backlog")));
        assertThat(members(example.at("/replicas/0"))).isEqualTo(members(status.at("/replicas/0")));
    }

    private static TreeSet<String> members(JsonNode object) {
        var names = new TreeSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode status() {
        try {
            return JSON.readTree(Api.asStaff().get(STATUS).then().statusCode(200).extract().asString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean alive(String replica) {
        return find(status().get("replicas"), "name", replica).get("alive").asBoolean();
    }

    private static long letters() {
        for (var count : status().get("dead_letters")) {
            if (count.get("topic").asText().equals(Lms.ENROLLMENTS) && count.get("reason").asText().equals("unreadable")) {
                return count.get("count").asLong();
            }
        }
        return 0;
    }

    private static JsonNode find(JsonNode list, String member, String value) {
        for (var item : list) {
            if (item.get(member).asText().equals(value)) {
                return item;
            }
        }
        throw new AssertionError("No " + value + " in " + list);
    }

    private static ValidatableResponse retry(String body) {
        return Api.asStaff().contentType("application/json").body(body).post(RETRY).then();
    }

    private static int publish(String name) {
        Api.asStaff().contentType("application/json").body(STRUCTURE.formatted(name))
                .put("/completion-aggregator/v1/structure/course-v1:Status+" + name + "+1/").then().statusCode(200);
        return (int) Database.number("SELECT id FROM course WHERE course_key = ?", "course-v1:Status+" + name + "+1");
    }

    private static void park(int course, long learner, Long claim) {
        Database.rows("REPLACE INTO stale_completion (course_id, learner_id, generation, marked_at, due_at, claim, attempts,"
                + " reason) VALUES (?, ?, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 1 HOUR, ?, 3,"
                + " 'the tree is broken')", course, learner, claim);
        Database.rows("REPLACE INTO parked_completion VALUES (?, ?)", course, learner);
    }

    private static long attempts(int course, long learner) {
        return Database.number("SELECT attempts FROM stale_completion WHERE course_id = ? AND learner_id = ?", course, learner);
    }
}
