package org.openedx.aggregator.api.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.api.Caller;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;
import org.openedx.aggregator.support.Tasks;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

/** What learners of different groups are shown of one course. */
@QuarkusTest
class AudienceTest {

    private static final long ANN = 9_100_001;
    private static final long BOB = 9_100_002;
    private static int count;

    private final String course = "course-v1:AudienceOrg+Course" + ++count + "+1";
    private final Map<String, Map<String, Object>> blocks = new LinkedHashMap<>();

    @BeforeEach
    void nobodyIsSpecial() {
        Database.rows("DELETE FROM course_access_role WHERE org = 'AudienceOrg'");
        Database.rows("UPDATE learner SET staff = FALSE WHERE id IN (?, ?)", ANN, BOB);
    }

    @Test
    void cohort_and_track_decide_which_chapters_count() {
        // Given
        block("course/course", Map.of(), "chapter/all", "chapter/red", "chapter/verified");
        block("chapter/all", Map.of(), "html/a");
        block("chapter/red", Map.of("group_access", Map.of("77", List.of(1))), "html/r1", "html/r2");
        block("chapter/verified", Map.of("group_access", Map.of("50", List.of(2))), "html/v");
        publish();
        enroll();
        long cohort = 100_000 + count;
        Database.rows("INSERT INTO cohort (id, course_id, name, changed_at) SELECT ?, id, 'Red', 1 FROM course"
                + " WHERE course_key = ?", cohort, course);
        Database.rows("INSERT INTO cohort_group VALUES (?, 77, 1, 1)", cohort);
        Database.rows("INSERT INTO cohort (id, course_id, name, changed_at) SELECT ?, id, 'null', 1 FROM course"
                + " WHERE course_key = ?", cohort + 1000, course);
        Database.rows("INSERT INTO cohort_group VALUES (?, 77, 1, 1)", cohort + 1000);

        // Then
        assertThat(possible("ann")).isEqualTo(1.0);

        // When
        Database.rows("INSERT INTO cohort_member (course_id, learner_id, cohort_name, changed_at)"
                + " SELECT id, ?, 'Red', 1 FROM course WHERE course_key = ?", ANN, course);
        Database.rows("UPDATE enrollment SET mode = 'verified' WHERE learner_id = ? AND course_id ="
                + " (SELECT id FROM course WHERE course_key = ?)", BOB, course);
        mark();

        // Then
        assertThat(possible("ann")).isEqualTo(3.0);
        assertThat(possible("bob")).isEqualTo(2.0);
        Database.awaitAggregated(course);
        assertThat(possible("ann")).isEqualTo(3.0);
        assertThat(possible("bob")).isEqualTo(2.0);
        var chapters = get("ann", "&requested_fields=chapter");
        assertThat(chapters.getList("results[0].chapter.block_key")).containsExactly(key("chapter/all"), key("chapter/red"));
        assertThat(view(ANN)).containsExactlyInAnyOrder("course", "all", "red");
        stats("cohorts=" + cohort, "possible", 3.0f);
    }

    @Test
    void staff_of_the_course_see_all_of_it_and_roles_can_be_left_out_of_the_means() {
        // Given
        block("course/course", Map.of(), "chapter/1", "chapter/2");
        block("chapter/1", Map.of(), "html/a");
        block("chapter/2", Map.of("visible_to_staff_only", true), "html/b");
        publish();
        enroll();
        Database.awaitAggregated(course);

        // When
        Database.rows(
                "INSERT INTO course_access_role (learner_id, org, course_key, role) VALUES (?, 'AudienceOrg', '', 'staff')",
                ANN);
        mark();
        Database.awaitAggregated(course);

        // Then
        assertThat(possible("ann")).isEqualTo(2.0);
        assertThat(possible("bob")).isEqualTo(1.0);
        stats("", "possible", 1.5f);
        stats("exclude_roles=staff", "possible", 1.0f);
        Caller.as("ann").get("/completion-aggregator/v1/stats/" + course + "/").then().statusCode(200);
        Caller.as("ann").get("/completion-aggregator/v1/course/" + course + "/").then().statusCode(200)
                .body("results", hasSize(2));
        Caller.as("bob").get("/completion-aggregator/v1/course/" + course + "/").then().statusCode(403);

        // When
        Database.rows("UPDATE course_access_role SET granted = FALSE WHERE learner_id = ?", ANN);
        mark();

        // Then
        assertThat(possible("ann")).isEqualTo(1.0);
        Caller.as("ann").get("/completion-aggregator/v1/stats/" + course + "/").then().statusCode(403);
    }

    @Test
    void a_release_date_that_passes_makes_the_course_stale_by_itself() {
        // Given
        var soon = Instant.now().plusSeconds(8).truncatedTo(ChronoUnit.SECONDS);
        block("course/course", Map.of("days_early_for_beta", 1), "chapter/1", "chapter/2");
        block("chapter/1", Map.of("start", "2020-01-01T00:00:00Z"), "html/a");
        block("chapter/2", Map.of("start", soon.toString()), "html/b");
        publish();
        Database.rows("INSERT INTO course_access_role (learner_id, org, course_key, role)"
                + " VALUES (?, 'AudienceOrg', ?, 'beta_testers')", BOB, course);
        enroll();
        Database.awaitAggregated(course);

        // Then
        if (Instant.now().isBefore(soon)) {
            assertThat(stored(ANN)).isEqualTo(1.0);
        }
        assertThat(stored(BOB)).isEqualTo(2.0);
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(stored(ANN)).isEqualTo(2.0));
        assertThat(Instant.now()).isAfter(soon);
    }

    @Test
    void a_course_that_has_not_begun_shows_nothing_yet() {
        // Given
        block("course/course", Map.of("start", "2999-01-01T00:00:00Z"), "html/a");
        block("html/a", Map.of());
        publish();
        enroll();
        Database.awaitAggregated(course);

        // Then
        Caller.as("ann").get("/completion-aggregator/v1/course/" + course + "/?username=ann&requested_fields=course").then()
                .statusCode(200)
                .body("results[0].completion.earned", is(0.0f))
                .body("results[0].completion.possible", nullValue())
                .body("results[0].completion.percent", is(0.0f))
                .body("results[0].course", hasSize(0));
        assertThat(Database.number("SELECT COUNT(*) FROM progress p JOIN course c ON c.id = p.course_id"
                + " WHERE c.course_key = ?", course)).isZero();

        // When: it begins, and then again it does not
        blocks.get(key("course/course")).put("start", "2020-01-01T00:00:00Z");
        publish();
        Database.awaitAggregated(course);
        assertThat(stored(ANN)).isEqualTo(1.0);
        blocks.get(key("course/course")).put("start", "2999-01-01T00:00:00Z");
        publish();
        Database.awaitAggregated(course);

        // Then
        assertThat(Database.number("SELECT COUNT(*) FROM progress p JOIN course c ON c.id = p.course_id"
                + " WHERE c.course_key = ?", course)).isZero();
    }

    @Test
    void what_is_optional_is_told_beside_the_rest_to_who_asks() {
        // Given
        block("course/course", Map.of(), "chapter/1", "chapter/2");
        block("chapter/1", Map.of(), "html/a", "html/b");
        block("html/b", Map.of("optional_completion", true));
        block("chapter/2", Map.of("optional_completion", true), "html/c");
        publish();
        enroll();
        try (var lms = new Lms()) {
            lms.complete(ANN, course, key("html/a"), 1.0, "2026-05-04T12:00:00Z");
            lms.complete(ANN, course, key("html/b"), 0.5, "2026-05-04T12:00:00Z");
            lms.awaitIngested();
        }
        Database.awaitAggregated(course);

        // Then
        var path = "/completion-aggregator/v1/course/" + course + "/?username=ann&requested_fields=chapter";
        Caller.as("ann").get(path + "&include_optional=true").then().statusCode(200)
                .body("results[0].completion", is(Map.of("earned", 1.0f, "possible", 1.0f, "percent", 1.0f,
                        "optional_earned", 0.5f, "optional_possible", 2.0f, "optional_percent", 0.25f)))
                .body("results[0].chapter.completion.optional_possible", contains(1.0f, 1.0f))
                .body("results[0].chapter.completion.possible", contains(1.0f, 0.0f));
        Caller.as("ann").get(path).then().statusCode(200)
                .body("results[0].completion", aMapWithSize(3));
        assertThat(Database.rows("SELECT optional_earned, optional_possible, optional_percent FROM"
                + " completion_aggregator_aggregator WHERE user_id = ? AND course_key = ? AND aggregation_name = 'course'", ANN,
                course)).containsExactly(Map.of("optional_earned", 0.5, "optional_possible", 2.0, "optional_percent", 0.25));
    }

    private void block(String name, Map<String, Object> fields, String... children) {
        var block = new LinkedHashMap<String, Object>(fields);
        block.put("children", List.of(children).stream().map(this::key).toList());
        blocks.put(key(name), block);
        for (var child : children) {
            blocks.putIfAbsent(key(child), new LinkedHashMap<>());
        }
    }

    private String key(String name) {
        return course.replace("course-v1", "block-v1") + "+type@" + name.replace("/", "+block@");
    }

    private void publish() {
        Caller.asStaff().contentType("application/json").body(Map.of("root", key("course/course"), "blocks", blocks))
                .put("/completion-aggregator/v1/structure/" + course + "/").then().statusCode(200);
    }

    private void enroll() {
        try (var lms = new Lms()) {
            lms.enroll(ANN, "ann", course);
            lms.enroll(BOB, "bob", course);
            lms.awaitIngested();
        }
    }

    private void mark() {
        Tasks.awaitSuccess(Caller.asStaff().contentType("application/json").body(Map.of("course_keys", List.of(course)))
                .post("/completion-aggregator/v1/reaggregate/").then().statusCode(202).extract().header("Location"));
    }

    private void stats(String query, String field, float expected) {
        Caller.asStaff().get("/completion-aggregator/v1/stats/" + course + "/?requested_fields=&" + query).then()
                .statusCode(200)
                .body("results[0].mean_completion." + field, is(expected));
    }

    private double possible(String learner) {
        return get(learner, "").getDouble("results[0].completion.possible");
    }

    private JsonPath get(String learner, String query) {
        return Caller.as(learner).get("/completion-aggregator/v1/course/" + course + "/?username=" + learner + query)
                .then().statusCode(200).extract().jsonPath();
    }

    private double stored(long learner) {
        var rows = Database.rows("SELECT p.possible FROM progress p JOIN course c ON c.id = p.course_id"
                + " WHERE c.course_key = ? AND p.learner_id = ?", course, learner);
        return (double) rows.get(0).get("possible");
    }

    private List<String> view(long learner) {
        var names = new ArrayList<String>();
        Database.rows("SELECT block_key FROM completion_aggregator_aggregator WHERE user_id = ? AND course_key = ?", learner,
                course).forEach(row -> names.add(row.get("block_key").toString().replaceAll(".*@", "")));
        return names;
    }
}
