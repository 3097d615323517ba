package org.openedx.aggregator.api.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.api.Caller;
import org.openedx.aggregator.api.SampleCourse;
import org.openedx.aggregator.support.Api;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Tasks;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

@QuarkusTest
class ReaggregationTest {

    private static final String CHOICE = "Give either \"course_keys\" or \"all\": true.";

    @Test
    void a_course_is_computed_again_by_a_task_that_ends_when_it_is() {
        // Given
        var course = SampleCourse.unknown().withLearners(3);
        Database.rows("UPDATE progress SET earned = 4, digest = 0 WHERE learner_id = ?", course.learnerId);

        // When
        var answer = ask("{\"course_keys\": [\"%1$s\", \"%1$s\"]}".formatted(course.key));

        // Then
        var task = Tasks.awaitSuccess(answer.statusCode(202).body("action", is("completion.reaggregate")).extract()
                .header("Location"));
        assertThat(Database.number("SELECT earned FROM progress WHERE learner_id = ?", course.learnerId)).isZero();
        assertThat(task.getInt("total_steps")).isEqualTo(3);
        assertThat(task.getInt("completed_steps")).isEqualTo(3);
        assertThat(Tasks.artifacts(task)).containsEntry("Summary", course.key + ": computed for 3 learners");
    }

    @Test
    void several_courses_are_a_group() {
        // Given
        var one = SampleCourse.unknown().withLearners(1);
        var other = SampleCourse.unknown().withLearners(2);

        // When
        var answer = ask("{\"course_keys\": [\"%s\", \"%s\"]}".formatted(one.key, other.key));

        // Then
        var task = Tasks.awaitSuccess(answer.statusCode(202).body("name", is("Re-aggregate 2 courses")).extract()
                .header("Location"));
        assertThat(task.getString("action")).isEqualTo("group");
        assertThat(task.getInt("total_steps")).isEqualTo(3);
        assertThat(Database.number("SELECT COUNT(*) FROM user_task_status WHERE parent = ?", task.getString("uuid")))
                .isEqualTo(2);
    }

    @Test
    void a_course_without_learners_is_done_at_once_and_says_so() {
        // Given
        var empty = SampleCourse.unknown().publish();

        // When
        var task = Tasks.awaitSuccess(ask("{\"course_keys\": [\"%s\"]}".formatted(empty.key)).extract().header("Location"));

        // Then
        assertThat(task.getInt("percent")).isEqualTo(100);
        assertThat(Tasks.artifacts(task)).containsEntry("Summary", empty.key + ": computed for 0 learners");
    }

    @Test
    void all_courses_can_be_had_at_once_and_none() {
        SampleCourse.unknown().withLearners(1);
        var all = ask("{\"all\": true}").statusCode(202).extract().header("Location");
        var none = ask("{\"all\": false, \"course_keys\": []}").statusCode(202).extract().header("Location");
        assertThat(Tasks.artifacts(Tasks.awaitSuccess(none))).containsEntry("Summary", "There was no course to compute.");
        Api.asStaff().post(all.replaceFirst("^https?://[^/]+", "") + "cancel/").then().statusCode(200);
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
