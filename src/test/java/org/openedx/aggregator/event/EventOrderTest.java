package org.openedx.aggregator.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Api;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;

import io.quarkus.test.junit.QuarkusTest;

/** Whatever the order of what the LMS says, the numbers come out the same. */
@QuarkusTest
class EventOrderTest {

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final String NOON = "2026-05-04T12:00:00.123456+00:00";
    private static final String ONE = "2026-05-04T13:00:00+00:00";

    private final int number = NEXT.incrementAndGet();
    private final long id = 7_200_000 + 10 * number;
    private final String name = "order" + number;
    private final String course = "course-v1:Hostile+Order" + number + "+1";
    private Lms lms;

    @BeforeEach
    void connect() {
        lms = new Lms();
    }

    @AfterEach
    void disconnect() {
        lms.close();
    }

    @Test
    void a_completion_counts_even_if_it_comes_before_enrolment_and_structure() {
        // When
        lms.complete(id, course, block("a"), 1.0, NOON);
        lms.awaitIngested();
        lms.enroll(id, name, course);
        lms.awaitIngested();
        Database.awaitAggregated(course);
        publish();
        Database.awaitAggregated(course);

        // Then
        assertThat(stored()).isEqualTo(1.0);
        assertThat(shown(name)).isEqualTo(1.0f);
    }

    @Test
    void an_enrolment_after_the_structure_counts_too() {
        // When
        publish();
        lms.complete(id, course, block("a"), 1.0, NOON);
        lms.awaitIngested();
        lms.enroll(id, name, course);
        lms.awaitIngested();
        Database.awaitAggregated(course);

        // Then
        assertThat(stored()).isEqualTo(1.0);
    }

    @Test
    void the_same_again_changes_nothing() {
        // Given
        ready();
        lms.complete(id, course, block("a"), 0.5, NOON);
        lms.awaitIngested();
        Database.awaitAggregated(course);
        var before = Database.rows("SELECT * FROM progress WHERE learner_id = ?", id).toString();

        // When
        for (int time = 0; time < 5; time++) {
            lms.complete(id, course, block("a"), 0.5, NOON);
            lms.enrollment(id, name, course, true, Instant.parse("2026-01-01T00:00:00Z"));
        }
        lms.awaitIngested();
        Database.awaitAggregated(course);

        // Then
        assertThat(Database.rows("SELECT * FROM progress WHERE learner_id = ?", id)).hasToString(before);
        assertThat(shown(name)).isEqualTo(0.5f);
    }

    @Test
    void an_older_completion_is_ignored() {
        // Given
        ready();

        // When
        lms.complete(id, course, block("a"), 0.25, ONE);
        lms.complete(id, course, block("a"), 1.0, NOON);
        lms.awaitIngested();
        lms.complete(id, course, block("a"), 0.75, NOON);
        lms.awaitIngested();

        // Then
        assertThat(shown(name)).isEqualTo(0.25f);
    }

    @Test
    void a_value_may_go_down() {
        // Given
        ready();
        lms.complete(id, course, block("a"), 1.0, NOON);
        lms.awaitIngested();
        Database.awaitAggregated(course);

        // When
        lms.complete(id, course, block("a"), 0.0, ONE);
        lms.awaitIngested();
        Database.awaitAggregated(course);

        // Then
        assertThat(stored()).isZero();
        assertThat(shown(name)).isZero();
    }

    @Test
    void of_two_completions_of_one_moment_the_later_to_arrive_counts() {
        // Given
        ready();

        // When
        lms.complete(id, course, block("a"), 0.25, NOON);
        lms.complete(id, course, block("a"), 0.5, NOON);
        lms.complete(id, course, block("b"), 0.5, NOON);
        lms.awaitIngested();
        lms.complete(id, course, block("b"), 0.25, NOON);
        lms.awaitIngested();

        // Then
        assertThat(shown(name)).isEqualTo(0.75f);
    }

    @Test
    void who_leaves_is_not_shown_and_comes_back_with_everything() {
        // Given
        ready();
        lms.complete(id, course, block("a"), 1.0, NOON);
        lms.awaitIngested();

        // When
        lms.enrollment(id, name, course, false, Instant.parse("2026-06-01T00:00:00Z"));
        lms.awaitIngested();
        int gone = status(name);
        lms.complete(id, course, block("b"), 1.0, ONE);
        lms.enrollment(id, name, course, true, Instant.parse("2026-05-01T00:00:00Z"));
        lms.awaitIngested();
        int still = status(name);
        lms.enrollment(id, name, course, true, Instant.parse("2026-07-01T00:00:00Z"));
        lms.awaitIngested();
        Database.awaitAggregated(course);

        // Then
        assertThat(List.of(gone, still)).containsExactly(404, 404);
        assertThat(shown(name)).isEqualTo(2.0f);
        assertThat(stored()).isEqualTo(2.0);
    }

    @Test
    void a_renamed_learner_keeps_what_is_theirs() {
        // Given
        ready();
        lms.complete(id, course, block("a"), 1.0, NOON);
        lms.awaitIngested();

        // When
        lms.register(id, name + "renamed");
        lms.awaitIngested();

        // Then
        assertThat(shown(name + "renamed")).isEqualTo(1.0f);
        assertThat(status(name)).isEqualTo(404);
    }

    @Test
    void a_name_that_passes_to_somebody_else_shows_what_is_theirs() {
        // Given
        ready();
        lms.complete(id, course, block("a"), 1.0, NOON);
        lms.awaitIngested();

        // When
        lms.register(id + 1, name);
        lms.awaitIngested();
        int notEnrolled = status(name);
        lms.enroll(id + 1, name, course);
        lms.complete(id + 1, course, block("b"), 0.5, NOON);
        lms.awaitIngested();

        // Then
        assertThat(notEnrolled).isEqualTo(404);
        assertThat(shown(name)).isEqualTo(0.5f);
    }

    @Test
    void a_late_duplicate_does_not_bring_a_deleted_completion_back() {
        // Given
        ready();
        lms.complete(id, course, block("a"), 1.0, NOON);
        lms.awaitIngested();

        // When
        lms.delete(id, course, block("a"), Instant.parse("2026-05-04T12:30:00Z"));
        lms.awaitIngested();
        lms.complete(id, course, block("a"), 1.0, NOON);
        lms.awaitIngested();
        float deleted = shown(name);
        lms.complete(id, course, block("a"), 0.5, ONE);
        lms.awaitIngested();

        // Then
        assertThat(deleted).isZero();
        assertThat(shown(name)).isEqualTo(0.5f);
    }

    @Test
    void a_deletion_that_overtakes_its_completion_wins() {
        // Given
        ready();

        // When
        lms.delete(id, course, block("a"), Instant.parse("2026-05-04T12:30:00Z"));
        lms.awaitIngested();
        lms.complete(id, course, block("a"), 1.0, NOON);
        lms.awaitIngested();
        Database.awaitAggregated(course);

        // Then
        assertThat(shown(name)).isZero();
    }

    @Test
    void tracking_events_come_in_every_form() {
        // Given
        ready();
        var bare = """
                {"name": "%s", "time": "%s", "event": {"user_id": %d, "course_id": "%s", "block_id": "%s",
                 "completion": %s, "modified": "%s"}}""";
        var value = bare.formatted(Lms.COMPLETION, NOON, id, course, block("a"), "1.0", NOON);
        var objects = "{\"tracking_log\": " + bare.replace("event", "data")
                .formatted(Lms.COMPLETION, NOON, id, course, block("b"), "0.5", NOON) + "}";

        // When
        lms.send(new ProducerRecord<>(Lms.ANALYTICS, value.getBytes(StandardCharsets.UTF_8)));
        lms.send(Lms.ANALYTICS, JsonFormat.TRACKING, null, objects);
        lms.awaitIngested();

        // Then
        assertThat(shown(name)).isEqualTo(1.5f);
    }

    @Test
    void a_completion_of_a_block_the_course_does_not_have_harms_nobody() {
        // Given
        ready();

        // When
        lms.complete(id, course, block("unknown"), 1.0, NOON);
        lms.complete(id, course, block("a"), 1.0, NOON);
        lms.awaitIngested();
        Database.awaitAggregated(course);

        // Then
        assertThat(stored()).isEqualTo(1.0);
    }

    @Test
    void every_time_a_database_can_hold_is_aggregated() {
        // Given
        ready();

        // When
        lms.complete(id, course, block("a"), 1.0, "9999-12-31T23:59:59.999999+00:00");
        lms.complete(id, course, block("b"), 1e-300, "1000-01-01T00:00:00Z");
        lms.complete(id + 1, course, block("b"), -0.0, "1901-01-01T00:00:00+00:00");
        lms.enroll(id + 1, name + "other", course);
        lms.awaitIngested();
        Database.awaitAggregated(course);

        // Then
        assertThat(stored()).isEqualTo(1.0);
        assertThat(shown(name + "other")).isZero();
        assertThat(Database.number("SELECT COUNT(*) FROM stale_completion WHERE learner_id IN (?, ?)", id, id + 1)).isZero();
    }

    private void ready() {
        publish();
        lms.enrollment(id, name, course, true, Instant.parse("2026-01-01T00:00:00Z"));
        lms.awaitIngested();
    }

    private void publish() {
        var body = """
                {"root": "%1$s", "blocks": {"%1$s": {"id": "%1$s", "type": "course", "children": ["%2$s", "%3$s"]},
                 "%2$s": {"id": "%2$s", "type": "html"}, "%3$s": {"id": "%3$s", "type": "html"}}}"""
                .formatted(block("course", "c"), block("a"), block("b"));
        Api.asStaff()
                .contentType("application/json")
                .body(body)
                .put("/completion-aggregator/v1/structure/" + course + "/")
                .then()
                .statusCode(200);
    }

    private String block(String id) {
        return block("html", id);
    }

    private String block(String type, String id) {
        return course.replace("course-v1", "block-v1") + "+type@" + type + "+block@" + id;
    }

    private double stored() {
        var rows = Database.rows("SELECT earned FROM progress WHERE learner_id = ?", id);
        return rows.stream().map(Map::values).mapToDouble(values -> (Double) values.iterator().next()).sum();
    }

    private float shown(String username) {
        return Api.as(username)
                .get("/completion-aggregator/v1/course/" + course + "/?username=" + username)
                .then()
                .statusCode(200)
                .extract()
                .path("results[0].completion.earned");
    }

    private int status(String username) {
        return Api.as(username).get("/completion-aggregator/v1/course/" + course + "/?username=" + username).statusCode();
    }
}
