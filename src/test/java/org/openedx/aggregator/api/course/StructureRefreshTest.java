package org.openedx.aggregator.api.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.api.SampleCourse;
import org.openedx.aggregator.support.Api;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;

import io.quarkus.test.junit.QuarkusTest;

/** The service without an LMS to ask. */
@QuarkusTest
class StructureRefreshTest {

    private static final String DETAIL = "No LMS is configured to fetch course structures from.";

    @Test
    void there_is_nobody_to_ask() {
        // Given
        var course = SampleCourse.unknown().publish();

        // Then
        Api.asStaff().post(course.structurePath() + "refresh/").then().statusCode(503).body("detail", is(DETAIL));
        Api.asStaff().get(course.structurePath() + "refresh/").then().statusCode(503).body("detail", is(DETAIL));
        Api.as("somebody").post(course.structurePath() + "refresh/").then().statusCode(403);
    }

    @Test
    void a_course_without_structure_is_noted_once_and_waits() {
        // Given
        var course = SampleCourse.unknown();

        // When
        try (var lms = new Lms()) {
            for (int learner = 0; learner < 3; learner++) {
                lms.enroll(course.learnerId + learner, course.learner + learner, course.key);
            }
            lms.awaitIngested();
        }
        Database.awaitAggregated(course.key);

        // Then
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(requests(course)).isEqualTo(1));
        assertThat(Database.number("SELECT attempts FROM structure_request r JOIN course c ON c.id = r.course_id "
                + "WHERE c.course_key = ?", course.key)).isZero();
    }

    private static long requests(SampleCourse course) {
        return Database.number("SELECT COUNT(*) FROM structure_request r JOIN course c ON c.id = r.course_id "
                + "WHERE c.course_key = ?", course.key);
    }
}
