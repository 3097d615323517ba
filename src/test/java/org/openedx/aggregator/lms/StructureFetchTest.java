package org.openedx.aggregator.lms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.api.Caller;
import org.openedx.aggregator.api.SampleCourse;
import org.openedx.aggregator.course.StructureChecks;
import org.openedx.aggregator.course.StructureRequests;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.support.StubLms;
import org.openedx.aggregator.support.StubLms.Fault;
import org.openedx.aggregator.support.StubLmsResource;
import org.openedx.aggregator.transaction.Transactions;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.ValidatableResponse;

/** The service beside an LMS that it may ask. */
@QuarkusTest
@WithTestResource(value = StubLmsResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class StructureFetchTest {

    StubLms lms;

    @Inject
    KeyIds keyIds;

    @Inject
    StructureRequests requests;

    @Inject
    Transactions transactions;

    @Inject
    StructureReconcileJob reconciliation;

    @Inject
    StructureChecks checks;

    @Inject
    LmsConfig config;

    @Inject
    LmsHttp http;

    private final SampleCourse course = SampleCourse.unknown();

    @BeforeEach
    void empty() {
        Database.rows("DELETE FROM structure_request");
        Result.of(keyIds.of(CourseKey.parse(course.key)));
    }

    @AfterEach
    void mend() {
        lms.setStaff(true);
        lms.setOutlines(true);
        lms.mendOutlines();
    }

    @Test
    void a_course_that_is_first_seen_by_an_enrolment_is_fetched() {
        // Given
        lms.publish(course.key, course.structure());

        // When
        try (var events = new Lms()) {
            events.enroll(course.learnerId, course.learner, course.key);
            events.complete(course.learnerId, course.key, course.block("html", "a"), 1.0, "2026-05-04T12:00:00+00:00");
            events.awaitIngested();
        }

        // Then
        await(() -> Caller.as(course.learner).get(course.own("")).then().statusCode(200)
                .body("results[0].completion.earned", is(1.0f)).body("results[0].completion.possible", is(5.0f)));
    }

    @Test
    void a_burst_of_events_is_one_fetch() {
        // Given
        lms.publish(course.key, course.structure());

        // When
        for (int event = 0; event < 20; event++) {
            request();
        }

        // Then
        await(() -> assertThat(phase()).isEqualTo("idle"));
        assertThat(lms.fetches(course.key)).isEqualTo(1);
    }

    @Test
    void a_course_is_fetched_by_one_worker_at_a_time_and_again_if_it_changes_meanwhile() {
        // Given
        lms.publish(course.key, course.structure());
        lms.delay(course.key, Duration.ofMillis(2500));
        refresh().statusCode(202);
        await(() -> assertThat(lms.fetches(course.key)).isEqualTo(1));

        // When
        lms.publish(course.key, course.structure(List.of("ch1"), Map.of("ch1", List.of(course.block("html", "a")))));
        refresh().statusCode(202).body("state", is("fetching"));

        // Then
        await(() -> assertThat(phase()).isEqualTo("idle"));
        assertThat(lms.fetches(course.key)).isEqualTo(2);
        assertThat(lms.mostAtOnce(course.key)).isEqualTo(1);
        Caller.asStaff().get(course.structurePath()).then().statusCode(200).body("blocks.size()", is(3));
    }

    @Test
    void a_course_the_lms_does_not_know_is_parked_and_healed_when_it_is_back() {
        // Given
        refresh().statusCode(202);
        await(() -> assertThat(phase()).isEqualTo("missing"));
        var asked = lms.fetches(course.key);

        // When
        lms.publish(course.key, course.structure());
        request();

        // Then
        await(() -> assertThat(phase()).isEqualTo("idle"));
        assertThat(asked).isEqualTo(1);
        assertThat(lms.fetches(course.key)).isEqualTo(2);
    }

    @Test
    void while_the_lms_is_broken_the_last_structure_serves() {
        // Given
        course.inUse();
        lms.publish(course.key, course.structure());
        lms.fail(course.key, Fault.status(500), Fault.body("{\"root\": 7}"), Fault.status(403));

        // When
        refresh();
        await(() -> state().body("state", is("failing")).body("reason", containsString("500")));
        refresh();
        await(() -> state().body("state", is("failing")).body("reason", containsString("root must be a string")));
        refresh();
        await(() -> state().body("state", is("failing")).body("reason", containsString("needs staff rights")));

        // Then
        Caller.as(course.learner).get(course.own("")).then().body("results[0].completion.possible", is(5.0f));
        await(() -> state().body("state", is("idle")).body("reason", nullValue()));
    }

    @Test
    void the_same_structure_again_changes_nothing() {
        // Given
        course.publish();
        lms.publish(course.key, course.structure());

        // When
        refresh();
        await(() -> assertThat(phase()).isEqualTo("idle"));

        // Then
        assertThat(Database.number("SELECT COUNT(*) FROM course_structure s JOIN course c ON c.id = s.course_id "
                + "WHERE c.course_key = ?", course.key)).isEqualTo(1);
    }

    @Test
    void an_lms_that_is_away_is_asked_again_when_it_is_back() {
        // Given
        lms.publish(course.key, course.structure());
        lms.stop();
        refresh();
        await(() -> state().body("state", is("failing")).body("reason", containsString("cannot be reached")));

        // When
        lms.start();

        // Then
        await(() -> assertThat(phase()).isEqualTo("idle"));
    }

    @Test
    void a_course_that_was_published_unnoticed_is_found() throws Throwable {
        // Given
        fetched();
        lms.publish(course.key, course.structure(List.of("ch1"), Map.of("ch1", List.of(course.block("html", "a")))));

        // When
        reconcile();

        // Then
        await(() -> assertThat(phase()).isEqualTo("idle"));
        Caller.asStaff().get(course.structurePath()).then().statusCode(200).body("blocks.size()", is(3));
    }

    @Test
    void a_course_whose_version_is_the_same_is_not_fetched() throws Throwable {
        // Given
        fetched();

        // When
        reconcile();

        // Then
        state().body("state", is("idle"));
        assertThat(lms.fetches(course.key)).isEqualTo(1);
        assertThat(secondsSinceCheck()).isLessThan(60);
    }

    @Test
    void without_an_outline_the_content_decides() throws Throwable {
        // Given
        lms.setOutlines(false);
        fetched();

        // When
        reconcile();

        // Then
        await(() -> assertThat(phase()).isEqualTo("idle"));
        assertThat(lms.fetches(course.key)).isEqualTo(2);
        assertThat(secondsSinceCheck()).isLessThan(60);
    }

    @Test
    void an_lms_in_trouble_is_not_compared_with() throws Throwable {
        // Given
        fetched();
        lms.stop();

        // When
        reconcile();
        lms.start();

        // Then
        state().body("state", is("idle"));
        assertThat(secondsSinceCheck()).isGreaterThan(60);
    }

    @Test
    void a_course_whose_outline_cannot_be_had_is_fetched_all_the_same() {
        // Given
        lms.failOutlines(Fault.status(500));

        // When
        fetched();

        // Then
        assertThat(lms.fetches(course.key)).isEqualTo(1);
    }

    @Test
    void metrics_tell_how_old_what_we_know_is() {
        // Given
        fetched();
        onlyOursIsOld();
        lms.fail(course.key, Fault.status(404));
        refresh();
        await(() -> assertThat(phase()).isEqualTo("missing"));

        var registry = new SimpleMeterRegistry();
        var metrics = new LmsMetrics(checks, config, http, registry);

        // When
        Result.of(metrics.measure());

        // Then
        assertThat(registry.get("aggregator.structure.age.seconds").gauge().value()).isGreaterThan(7 * 3600);
        assertThat(registry.get("aggregator.structure.requests").tag("state", "missing").gauge().value()).isEqualTo(1);
        assertThat(registry.get("aggregator.structure.requests").tag("state", "failing").gauge().value()).isZero();
        assertThat(registry.get("aggregator.lms.paused").gauge().value()).isZero();
        var text = Caller.anonymous().get("/q/metrics").then().extract().asString();
        assertThat(text).contains("aggregator_structure_age_seconds");
        assertThat(value(text, "aggregator_structure_fetches_total{outcome=\"missing\"}")).isPositive();
        assertThat(value(text, "aggregator_structure_fetches_total{outcome=\"new\"}")).isPositive();
    }

    @Test
    void staff_of_the_course_may_have_it_fetched_and_others_not() {
        // Given
        lms.publish(course.key, course.structure());
        Database.rows("INSERT INTO learner (id, username, named_at) VALUES (?, ?, 1)", course.learnerId, course.learner);
        Database.rows(
                "INSERT INTO course_access_role (learner_id, course_key, org, role, granted) VALUES (?, ?, ?, 'staff', 1)",
                course.learnerId, course.key, "Sample");

        // Then
        Caller.as(course.learner).post(course.structurePath() + "refresh").then().statusCode(202)
                .body("course_key", is(course.key)).body("requested_at", notNullValue());
        Caller.as("somebody").post(course.structurePath() + "refresh/").then().statusCode(403);
        Caller.as("somebody").get(course.structurePath() + "refresh/").then().statusCode(403);
        Caller.anonymous().post(course.structurePath() + "refresh/").then().statusCode(401);
    }

    @Test
    void an_unknown_course_is_not_found() {
        // Given
        var unknown = SampleCourse.unknown();

        // Then
        Caller.asStaff().post(unknown.structurePath() + "refresh/").then().statusCode(404)
                .body("detail", is("Course '" + unknown.key + "' is not known."));
        Caller.asStaff().post("/completion-aggregator/v1/structure/nonsense/refresh/").then().statusCode(404)
                .body("detail", is("Invalid course key: 'nonsense'."));
    }

    private void fetched() {
        lms.publish(course.key, course.structure());
        refresh();
        await(() -> assertThat(phase()).isEqualTo("idle"));
    }

    private void reconcile() throws Throwable {
        onlyOursIsOld();
        VertxContextSupport.subscribeAndAwait(reconciliation::reconcile);
    }

    private void onlyOursIsOld() {
        Database.rows("INSERT INTO structure_check (course_id, checked_at) SELECT id, UTC_TIMESTAMP(6) FROM course "
                + "ON DUPLICATE KEY UPDATE checked_at = VALUES(checked_at)");
        Database.rows("UPDATE structure_check k JOIN course c ON c.id = k.course_id "
                + "SET k.checked_at = k.checked_at - INTERVAL 8 HOUR WHERE c.course_key = ?", course.key);
    }

    private long secondsSinceCheck() {
        return Database.number("SELECT TIMESTAMPDIFF(SECOND, k.checked_at, UTC_TIMESTAMP(6)) FROM structure_check k "
                + "JOIN course c ON c.id = k.course_id WHERE c.course_key = ?", course.key);
    }

    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in\n" + metrics));
    }

    private void request() {
        var id = Result.of(keyIds.of(CourseKey.parse(course.key)));
        Result.of(transactions.run(transaction -> requests.request(transaction, List.of(id))));
    }

    private ValidatableResponse refresh() {
        return Caller.asStaff().post(course.structurePath() + "refresh/").then();
    }

    private ValidatableResponse state() {
        return Caller.asStaff().get(course.structurePath() + "refresh/").then().statusCode(200);
    }

    private String phase() {
        return state().extract().path("state");
    }

    private static void await(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(100)).untilAsserted(assertion);
    }
}
