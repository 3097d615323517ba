package org.openedx.aggregator.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Api;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;

import io.quarkus.test.junit.QuarkusTest;

/** Events and captured rows may tell the same story side by side, in any order: it is told once. */
@QuarkusTest
class BothRoadsTest {

    private static final Instant ENROLLED = Instant.parse("2026-01-01T00:00:00.250Z");
    private static final List<Long> LEARNERS = LongStream.range(710_000, 710_004).boxed().toList();

    private final Random random = new Random(20260504);
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
    void the_same_history_on_both_roads_gives_the_numbers_of_one() {
        // Given
        var courses = List.of(RandomCourse.of(1, "Both1", 50), RandomCourse.of(2, "Both2", 50),
                RandomCourse.of(3, "Both3", 50));
        var sent = new ArrayList<Sent>();
        var steps = new ArrayList<Runnable>();
        for (var course : courses) {
            publish(course);
            LEARNERS.forEach(learner -> enroll(steps, course, learner));
            var events = RandomEvents.of(course.key().hashCode(), course, LEARNERS);
            sent.addAll(events);
            events.forEach(event -> steps.add(() -> event.by(lms)));
            events.forEach(event -> steps.add(() -> event.capturedBy(lms)));
        }

        // When
        Collections.shuffle(steps, random);
        steps.forEach(Runnable::run);
        lms.awaitIngested();
        courses.forEach(course -> Database.awaitAggregated(course.key()));

        // Then
        courses.forEach(course -> assertAggregates(course, sent));
    }

    @Test
    void a_snapshot_that_is_read_again_from_its_middle_changes_nothing() {
        // Given
        var course = RandomCourse.ofSize(4, "Snapshot", 60);
        var rows = RandomEvents.of(5, course, LEARNERS).stream().filter(event -> event.completion().isPresent()).toList();
        publish(course);
        LEARNERS.forEach(learner -> lms.enroll(learner, "both-" + learner, course.key()));
        rows.forEach(row -> row.capturedBy(lms));
        lms.awaitIngested();

        // When
        rows.subList(rows.size() / 2, rows.size()).forEach(row -> row.capturedBy(lms));
        lms.awaitIngested();
        Database.awaitAggregated(course.key());

        // Then
        assertAggregates(course, rows);
    }

    private void enroll(List<Runnable> steps, Course course, long learner) {
        var name = "both-" + learner;
        steps.add(() -> lms.enrollment(learner, name, course.key(), true, ENROLLED));
        steps.add(() -> lms.enrollment(learner, name, course.key(), false, ENROLLED.minusSeconds(60)));
        steps.add(() -> captureEnrollment(course, learner, 1, ENROLLED));
        steps.add(() -> captureEnrollment(course, learner, 0, ENROLLED.minusSeconds(60)));
    }

    private void captureEnrollment(Course course, long learner, int active, Instant at) {
        lms.capture("student_courseenrollment", """
                {"op": "u", "after": {"user_id": %d, "course_id": "%s", "is_active": %d, "mode": "audit"},
                 "source": {"ts_ms": %d}}""".formatted(learner, course.key(), active, at.getEpochSecond() * 1000));
    }

    private static void publish(Course course) {
        Api.asStaff()
                .contentType("application/json")
                .body(course.json())
                .put("/completion-aggregator/v1/structure/" + course.key() + "/")
                .then()
                .statusCode(200);
    }

    private static void assertAggregates(Course course, List<Sent> sent) {
        var oracle = new Oracle(course);
        var stored = StoredAggregates.of(Database.sql(), course.key());
        for (long learner : LEARNERS) {
            assertThat(stored.get(learner)).as("learner %d in %s", learner, course.key())
                    .containsExactlyInAnyOrderElementsOf(oracle.rows(sent, learner));
        }
    }
}
