package org.openedx.aggregator.api.completion;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.api.Caller;
import org.openedx.aggregator.api.SampleCourse;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** What learners report of blocks by themselves. */
@QuarkusTest
class ManualReportsTest {

    private static SampleCourse shared;

    private SampleCourse course;

    @BeforeEach
    void publishOnce() {
        if (shared == null) {
            shared = SampleCourse.unknown().inUse();
        }
        course = shared;
    }

    @Test
    void the_first_report_creates_and_the_next_ones_update() {
        // Given
        var block = course.block("html", "c");

        // Then
        report(block, "1").statusCode(201).body(emptyString());
        report(block + "/", "0.25").statusCode(200).body(emptyString());
        report(block.replaceFirst("block-v1:([^+]*)\\+([^+]*)\\+.*", "i4x://$1/$2/html/c"), "0.75").statusCode(200);
        report(block.replace("+", "%2B").replace(":", "%3A").replace("@", "%40"), "0.5").statusCode(200);
        Caller.as(course.learner).get(course.own("&root_block=" + block.replace("+", "%2B"))).then()
                .body("results[0].completion.earned", is(0.5f));
        report(block, "-0.0").statusCode(200);
        Caller.as(course.learner).get(course.own("&root_block=" + block.replace("+", "%2B"))).then()
                .body("results[0].completion.earned.toString()", is("0.0"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "1.5    | must be less than or equal to 1.0",
            "-0.1   | must be greater than or equal to 0.0",
            "1e400  | must be less than or equal to 1.0",
            "null   | must not be null",
            "\"x\"  | A valid number is required.",
            "\"\"   | A valid number is required.",
            "\"0.5\"| A valid number is required.",
            "true   | A valid number is required.",
            "[0.5]  | A valid number is required.",
            "{}     | A valid number is required." })
    void a_value_that_is_no_completion_is_refused(String value, String message) {
        report(course.block("html", "a"), value).statusCode(400).body("completion", contains(message));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"completed\": 1}", "[]", "7", "null", "", "{", "{\"completion\": NaN}",
            "{\"completion\": 0,5}", "{\"completion\": .5}", "{\"completion\": \"NaN\"}", "{\"completion\": \"-Infinity\"}" })
    void a_body_that_is_none_is_refused(String body) {
        send(course.key + "/blocks/" + course.block("html", "a"), body).statusCode(400);
    }

    @Test
    void a_block_the_course_does_not_have_is_not_found() {
        // Given
        var rerun = SampleCourse.unknown().publish();

        // Then
        for (var key : new String[] { "nonsense", course.block("html", "nowhere"), rerun.block("html", "a"),
                course.block("discussion", "talk"), "i4x://Other/Course/html/a", course.block("html", "x".repeat(256)),
                course.block("html", "%F0%9F%98%80"), "a" + "%F0%9F%98%80".repeat(256) }) {
            report(key, "1").statusCode(404).body("detail", startsWith("Invalid block key: '"));
        }
    }

    @Test
    void only_who_is_enrolled_can_report() {
        Caller.as("outsider").contentType("application/json").body("{\"completion\": 1}")
                .post(course.v0() + "blocks/" + course.block("html", "a") + "/")
                .then().statusCode(404)
                .body("detail", is("User 'outsider' does not have an active enrollment in course '" + course.key + "'."));
        send(SampleCourse.unknown().key + "/blocks/" + course.block("html", "a"), "{\"completion\": 1}").statusCode(404);
        send("nonsense/blocks/" + course.block("html", "a"), "{\"completion\": 1}").statusCode(404)
                .body("detail", is("Invalid course key: 'nonsense'."));
        Caller.anonymous().contentType("application/json").body("{\"completion\": 1}")
                .post(course.v0() + "blocks/" + course.block("html", "a")).then().statusCode(401);
    }

    @Test
    void a_block_is_reported_on_and_not_asked_for() {
        Caller.as(course.learner).contentType("application/json").body("{}").post(course.v0()).then().statusCode(405)
                .body("detail", is("Method \"POST\" not allowed."));
        Caller.as(course.learner).contentType("text/plain").body("1")
                .post(course.v0() + "blocks/" + course.block("html", "a")).then().statusCode(415);
    }

    private ValidatableResponse report(String block, String value) {
        return send(course.key + "/blocks/" + block, "{\"completion\": " + value + "}");
    }

    private ValidatableResponse send(String path, String body) {
        return Caller.as(course.learner).contentType("application/json").body(body)
                .post("/completion-aggregator/v0/course/" + path).then();
    }
}
