package org.openedx.aggregator.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Api;
import org.openedx.aggregator.support.Lms;
import org.openedx.aggregator.support.Registry;
import org.openedx.aggregator.support.RegistryResource;
import org.openedx.aggregator.support.StubLms;
import org.openedx.aggregator.support.StubLmsResource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/**
 * A course with its learners from the first registration on, as a connected Open edX would tell of it: events in framed
 * Avro with their schemas in a real registry, captured rows, and structures fetched over HTTP. After each step the answers
 * are what somebody worked out by hand.
 */
@QuarkusTest
@WithTestResource(value = RegistryResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@WithTestResource(value = StubLmsResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class OpenEdxScenarioTest {

    private static final String COURSE = "course-v1:Scenario+Whole+2026";
    private static final String PATH = "/completion-aggregator/v1/course/" + COURSE + "/";
    private static final long ANN = 9_700_001;
    private static final long BOB = 9_700_002;
    private static final long RED = 9_700_101;
    private static final long BLUE = 9_700_102;
    private static final int PARTITION = 1_717;

    private static final String COHORT = "org.openedx.learning.cohort_membership.changed.v1";
    private static final String CATALOG = "org.openedx.content_authoring.course.catalog_info.changed.v1";
    private static final String PUBLISHED = "org.openedx.content_authoring.xblock.published.v1";
    private static final String IMPORTED = "org.openedx.content_authoring.course.import.completed.v1";

    private static final ObjectMapper JSON = new ObjectMapper();

    Registry registry;

    StubLms stub;

    private final Map<String, Map<String, Object>> blocks = new LinkedHashMap<>();
    private Instant now = Instant.now().minusSeconds(3600);
    private Lms lms;

    @BeforeEach
    void open() {
        lms = new Lms();
    }

    @AfterEach
    void close() {
        lms.close();
    }

    @Test
    void a_course_and_its_learners_from_beginning_to_end() {
        // Given: a course of two chapters, the second for content group 1 only
        block("course/course", Map.of(), "chapter/all", "chapter/red");
        block("chapter/all", Map.of(), "vertical/one", "vertical/two");
        block("vertical/one", Map.of(), "html/a");
        block("vertical/two", Map.of(), "html/b");
        block("chapter/red", Map.of("group_access", Map.of("" + PARTITION, List.of(1))), "html/r1", "html/r2");
        publish();

        // When: both register and enrol; the service meets the course for the first time, and fetches it
        register(ANN, "scenario.ann");
        register(BOB, "scenario.bob");
        enroll(ANN, "scenario.ann", true);
        enroll(BOB, "scenario.bob", true);

        // Then: a and b
        shows("scenario.ann", 0.0, 2.0, 0.0);
        shows("scenario.bob", 0.0, 2.0, 0.0);

        // When: the course gets a third chapter
        block("course/course", Map.of(), "chapter/all", "chapter/red", "chapter/last");
        block("chapter/last", Map.of(), "html/c");
        publish();
        send(Lms.CATALOG, CATALOG, COURSE, """
                {"name": "catalog_info", "type": {"type": "record", "name": "CourseCatalogData", "fields": [
                 {"name": "course_key", "type": "string"}, {"name": "name", "type": "string"}]}}""",
                Map.of("catalog_info", Map.of("course_key", COURSE, "name", "Whole")));

        // Then: a, b and c
        shows("scenario.ann", 0.0, 3.0, 0.0);

        // When: Ann completes a, and half of b
        complete(ANN, "html/a", 1.0);
        complete(ANN, "html/b", 0.5);

        // Then
        shows("scenario.ann", 1.5, 3.0, 0.5);
        shows("scenario.bob", 0.0, 3.0, 0.0);

        // When: there are two cohorts, of which the red one has content group 1, and Ann joins it
        capture("course_groups_courseusergroup",
                "{\"id\":%d,\"name\":\"Red\",\"course_id\":\"%s\",\"group_type\":\"cohort\"}".formatted(RED, COURSE));
        capture("course_groups_courseusergroup",
                "{\"id\":%d,\"name\":\"Blue\",\"course_id\":\"%s\",\"group_type\":\"cohort\"}".formatted(BLUE, COURSE));
        capture("course_groups_courseusergrouppartitiongroup",
                "{\"id\":1,\"course_user_group_id\":%d,\"partition_id\":%d,\"group_id\":1}".formatted(RED, PARTITION));
        joinCohort(ANN, "scenario.ann", "Red");
        complete(ANN, "html/r1", 1.0);

        // Then: r1 and r2 count as well
        shows("scenario.ann", 2.5, 5.0, 0.5);
        shows("scenario.bob", 0.0, 3.0, 0.0);

        // When: she is moved
        joinCohort(ANN, "scenario.ann", "Blue");

        // Then: what she did there does not count any more
        shows("scenario.ann", 1.5, 3.0, 0.5);

        // When: unit two is hidden from learners
        block("vertical/two", Map.of("visible_to_staff_only", true), "html/b");
        publish();
        send(Lms.XBLOCKS, PUBLISHED, key("vertical/two"), """
                {"name": "xblock_info", "type": {"type": "record", "name": "XBlockData", "fields": [
                 {"name": "usage_key", "type": "string"}, {"name": "block_type", "type": "string"}]}}""",
                Map.of("xblock_info", Map.of("usage_key", key("vertical/two"), "block_type", "vertical")));

        // Then: a of a and c
        shows("scenario.ann", 1.0, 2.0, 0.5);

        // When: the course is imported again, without its last chapter
        block("course/course", Map.of(), "chapter/all", "chapter/red");
        blocks.remove(key("chapter/last"));
        blocks.remove(key("html/c"));
        publish();
        send(Lms.COURSES, IMPORTED, COURSE, """
                {"name": "course", "type": {"type": "record", "name": "CourseData", "fields": [
                 {"name": "course_key", "type": "string"}]}}""", Map.of("course", Map.of("course_key", COURSE)));

        // Then: a of a
        shows("scenario.ann", 1.0, 1.0, 1.0);
        shows("scenario.bob", 0.0, 1.0, 0.0);

        // When: the LMS deletes her completion, which no event tells of
        lms.delete(ANN, COURSE, key("html/a"), next());

        // Then
        shows("scenario.ann", 0.0, 1.0, 0.0);

        // When: she leaves
        enroll(ANN, "scenario.ann", false);

        // Then
        lms.awaitIngested();
        Api.as("scenario.ann").get(PATH + "?username=scenario.ann").then().statusCode(404);
        shows("scenario.bob", 0.0, 1.0, 0.0);

        // When: she comes back and does it again
        enroll(ANN, "scenario.ann", true);
        complete(ANN, "html/a", 1.0);

        // Then: lists over all learners say so too, after the next run
        shows("scenario.ann", 1.0, 1.0, 1.0);
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(Api.asStaff().get(PATH).then()
                .statusCode(200).extract().jsonPath().<Float> getList("results.completion.percent"))
                .containsExactly(1.0f, 0.0f));
    }

    private void shows(String learner, double earned, double possible, double percent) {
        lms.awaitIngested();
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                Api.as(learner).get(PATH + "?username=" + learner).then().statusCode(200).extract().jsonPath()
                        .getMap("results[0].completion"))
                .isEqualTo(Map.of("earned", (float) earned, "possible", (float) possible, "percent", (float) percent)));
    }

    private void block(String name, Map<String, Object> fields, String... children) {
        var block = new LinkedHashMap<String, Object>(fields);
        block.put("children", List.of(children).stream().map(OpenEdxScenarioTest::key).toList());
        blocks.put(key(name), block);
        for (var child : children) {
            blocks.putIfAbsent(key(child), new LinkedHashMap<>());
        }
    }

    private static String key(String name) {
        return COURSE.replace("course-v1", "block-v1") + "+type@" + name.replace("/", "+block@");
    }

    private void publish() {
        try {
            stub.publish(COURSE, JSON.writeValueAsString(Map.of("root", key("course/course"), "blocks", blocks)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private void register(long learner, String username) {
        frame(Lms.USERS, Wire.REGISTRATION, username, Wire.REGISTRATION_SCHEMA, Wire.registration(learner, username));
    }

    private void enroll(long learner, String username, boolean active) {
        frame(Lms.ENROLLMENTS, Wire.ENROLLMENT, COURSE, Wire.ENROLLMENT_SCHEMA,
                Wire.enrollment(learner, username, COURSE, active));
    }

    private void complete(long learner, String block, double completion) {
        frame(Lms.ANALYTICS, Wire.TRACKING, Lms.COMPLETION, Wire.TRACKING_SCHEMA,
                Wire.completion(learner, COURSE, key(block), completion, next().toString()));
    }

    private void joinCohort(long learner, String username, String cohort) {
        send(Lms.COHORTS, COHORT, COURSE, """
                {"name": "cohort", "type": {"type": "record", "name": "CohortData", "fields": [
                 %s, {"name": "course", "type": {"type": "record", "name": "CourseData", "fields": [
                  {"name": "course_key", "type": "string"}]}}, {"name": "name", "type": "string"}]}}"""
                .formatted(Wire.user()),
                Map.of("cohort", Map.of("user", Wire.person(learner, username), "course",
                        Map.of("course_key", COURSE), "name", cohort)));
    }

    private void capture(String table, String after) {
        lms.capture(table, "{\"before\":null,\"after\":%s,\"source\":{\"ts_ms\":%d},\"op\":\"c\"}".formatted(after,
                next().toEpochMilli()));
    }

    private void send(String topic, String type, String key, String field, Map<String, Object> event) {
        frame(topic, type, key, Wire.cloudEvent(type, field), event);
    }

    private void frame(String topic, String type, String key, String schema, Map<String, Object> event) {
        // The names that the LMS's producer gives them: topic and record.
        int keyId = registry.register(topic + "-string", "{\"name\": \"name\", \"type\": \"string\"}");
        int valueId = registry.register(topic + "-" + type + ".CloudEvent", schema);
        var message = Wire.message(topic, type, Wire.key(keyId, key), Wire.value(valueId, schema, event));
        message.headers().remove("ce_time").add("ce_time", next().toString().getBytes());
        lms.send(message);
    }

    /** Each thing happens a while after the one before. */
    private Instant next() {
        now = now.plusSeconds(10);
        return now;
    }
}
