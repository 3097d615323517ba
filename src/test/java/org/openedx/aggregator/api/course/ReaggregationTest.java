package org.openedx.aggregator.api.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.api.Caller;
import org.openedx.aggregator.api.SampleCourse;
import org.openedx.aggregator.support.Database;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

@QuarkusTest
class ReaggregationTest {

    private static final String CHOICE = "Give either \"course_keys\" or \"all\": true.";

    @Test
    void the_active_enrolments_of_a_course_are_marked_and_counted() {
        // Given
        var course = SampleCourse.unknown().withLearners(3);
        var wrong = "UPDATE progress SET earned = 4 WHERE learner_id = " + course.learnerId;
        Database.rows(wrong);

        // When
        var answer = ask("{\"course_keys\": [\"%1$s\", \"%1$s\"]}".formatted(course.key));

        // Then
        answer.statusCode(202).body("enrollments", is(3));
        Database.awaitAggregated(course.key);
        assertThat(Database.number("SELECT COUNT(*) FROM stale_completion WHERE learner_id = ?", course.learnerId)).isZero();
    }

    @Test
    void all_courses_can_be_had_at_once() {
        SampleCourse.unknown().withLearners(1);
        ask("{\"all\": true}").statusCode(202).body("enrollments", greaterThanOrEqualTo(1));
        ask("{\"all\": false, \"course_keys\": []}").statusCode(202).body("enrollments", is(0));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"all\": false}", "{\"all\": true, \"course_keys\": []}", "{\"course_keys\": null}" })
    void one_has_to_choose(String body) {
        ask(body).statusCode(400).body("detail", is(CHOICE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"course_keys\": \"x\"} | course_keys   | Expected a list of items.",
            "{\"course_keys\": [{}]}  | course_keys.0 | Not a valid string.",
            "{\"course_keys\": [[]]}  | course_keys.0 | Not a valid string.",
            "{\"all\": \"yes\"}       | all           | Must be a valid boolean.",
            "{\"all\": \"true\"}      | all           | Must be a valid boolean.",
            "{\"all\": 1}             | all           | Must be a valid boolean." })
    void wrong_types_are_refused(String body, String field, String message) {
        ask(body).statusCode(400).body("'" + field + "'", contains(message));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{", "[]", "null", "", "nonsense" })
    void a_body_that_is_none_is_refused(String body) {
        ask(body).statusCode(400);
    }

    @Test
    void an_unknown_course_is_not_found_and_marks_nothing() {
        // Given
        var known = SampleCourse.unknown().publish();
        var unknown = SampleCourse.unknown();

        // Then
        ask("{\"course_keys\": [\"%s\", \"%s\"]}".formatted(known.key, unknown.key)).statusCode(404)
                .body("detail", is("Course '" + unknown.key + "' is not known."));
        ask("{\"course_keys\": [\"nonsense\"]}").statusCode(404).body("detail", is("Invalid course key: 'nonsense'."));
        ask("{\"course_keys\": [null]}").statusCode(404).body("detail", is("Invalid course key: 'null'."));
        ask("{\"course_keys\": [\"a\\ud800\"]}").statusCode(404).body("detail", is("Invalid course key: 'a?'."));
    }

    @Test
    void it_is_for_staff() {
        Caller.as("sample").contentType("application/json").body("{\"all\": true}")
                .post("/completion-aggregator/v1/reaggregate/").then().statusCode(403);
        Caller.anonymous().contentType("application/json").body("{\"all\": true}")
                .post("/completion-aggregator/v1/reaggregate").then().statusCode(401);
        Caller.asStaff().get("/completion-aggregator/v1/reaggregate/").then().statusCode(405);
    }

    private static ValidatableResponse ask(String body) {
        return Caller.asStaff().contentType("application/json").body(body)
                .post("/completion-aggregator/v1/reaggregate/").then();
    }
}
