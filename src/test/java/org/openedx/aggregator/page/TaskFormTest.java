package org.openedx.aggregator.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.api.SampleCourse;
import org.openedx.aggregator.support.Database;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;

/** Tasks that are asked for by forms of a browser, which is known by its cookies. */
@QuarkusTest
@TestProfile(PageProfile.class)
class TaskFormTest {

    private static final String REPORTS = "/completion-aggregator/v1/reports/";
    private static final String REAGGREGATE = "/completion-aggregator/v1/reaggregate/";
    private static final String PAGE = "/tasks/[0-9a-f-]{36}";
    private static final Visitor STAFF = Visitor.of(Map.of("preferred_username", "formstaff", "administrator", true));

    @BeforeEach
    void nothing_is_left_of_other_tests() {
        Rows.clear();
    }

    @Test
    void a_report_is_asked_for_by_a_form_and_watched_on_its_page() {
        // Given
        var course = SampleCourse.unknown().publish();

        // When
        var first = STAFF.sends(own(), Visitor.CSRF).formParam("course_keys", course.key).formParam("columns", "username")
                .formParam("columns", "percent").post(REPORTS);
        var again = STAFF.sends(own(), Visitor.CSRF).formParam("course_keys", course.key)
                .formParam("columns", "username,percent").post(REPORTS);

        // Then
        first.then().statusCode(303).header("Location", matchesPattern(PAGE));
        again.then().statusCode(303).header("Location", first.header("Location"));
        STAFF.asks().get(first.header("Location")).then().statusCode(200)
                .body(containsString("Completion report of " + course.key));
        assertThat(parameters().getJsonArray("columns")).containsExactly("username", "percent");
    }

    @Test
    void a_form_may_name_many_courses_in_one_field() {
        // Given
        var course = SampleCourse.unknown().publish();
        var repeated = IntStream.range(0, 1000).mapToObj(line -> course.key).collect(Collectors.joining("\r\n"));

        // When
        var answer = STAFF.sends(own(), Visitor.CSRF).formParam("course_keys", repeated).post(REPORTS);

        // Then
        answer.then().statusCode(303);
        assertThat(parameters().getJsonArray("course_keys")).containsExactly(course.key);
    }

    @ParameterizedTest
    @ValueSource(strings = { "ONE|OTHER", "ONE,OTHER", "ONE\r\n\r\nOTHER\r\n" })
    void courses_are_computed_again_by_a_form(String fields) {
        // Given
        var one = SampleCourse.unknown().publish();
        var other = SampleCourse.unknown().publish();
        var form = STAFF.sends(own(), Visitor.CSRF);
        for (var field : fields.replace("ONE", one.key).replace("OTHER", other.key).split("\\|")) {
            form.formParam("course_keys", field);
        }

        // When
        var answer = form.post(REAGGREGATE);

        // Then
        answer.then().statusCode(303).header("Location", matchesPattern(PAGE));
        STAFF.asks().get(answer.header("Location")).then().statusCode(200)
                .body(containsString("Re-aggregate 2 courses"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "true", "on", "1" })
    void all_courses_are_computed_again_by_a_form(String ticked) {
        // Given
        SampleCourse.unknown().publish();

        // When
        var answer = STAFF.sends(own(), Visitor.CSRF).formParam("all", ticked).formParam("course_keys", "").post(REAGGREGATE);

        // Then
        answer.then().statusCode(303).header("Location", matchesPattern(PAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = { REPORTS, REAGGREGATE })
    void forged_forms_start_nothing(String path) {
        // Given
        var course = SampleCourse.unknown().publish().key;

        // When, Then
        STAFF.sends("https://evil.example.org", Visitor.CSRF).formParam("course_keys", course).post(path).then()
                .statusCode(403);
        STAFF.sends("null", Visitor.CSRF).formParam("course_keys", course).post(path).then().statusCode(403);
        STAFF.sends(own(), Visitor.CSRF.replace('a', 'b')).formParam("course_keys", course).post(path).then()
                .statusCode(403);
        STAFF.asks().cookie("csrftoken", Visitor.CSRF).header("Origin", own()).formParam("course_keys", course).post(path)
                .then().statusCode(403).body("detail", containsString("CSRF token missing"));
        STAFF.asks().header("Origin", own()).formParam("csrfmiddlewaretoken", Visitor.CSRF).formParam("course_keys", course)
                .post(path).then().statusCode(403).body("detail", containsString("CSRF cookie not set"));
        STAFF.asks().cookie("csrftoken", Visitor.CSRF).header("Origin", own()).queryParam("csrfmiddlewaretoken", Visitor.CSRF)
                .formParam("course_keys", course).post(path).then().statusCode(403);
        STAFF.asks().cookie("csrftoken", Visitor.CSRF).header("Origin", own())
                .multiPart("csrfmiddlewaretoken", Visitor.CSRF).multiPart("course_keys", course).post(path).then()
                .statusCode(415);
        assertThat(Database.number("SELECT COUNT(*) FROM user_task_status")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { REPORTS, REAGGREGATE })
    void forms_are_for_staff(String path) {
        var course = SampleCourse.unknown().publish().key;
        Visitor.of("alice").sends(own(), Visitor.CSRF).formParam("course_keys", course).post(path).then().statusCode(403);
        Visitor.anybody().formParam("course_keys", course).post(path).then().statusCode(401);
        assertThat(Database.number("SELECT COUNT(*) FROM user_task_status")).isZero();
    }

    @Test
    void what_is_wrong_with_a_form_is_told() {
        STAFF.sends(own(), Visitor.CSRF).formParam("format", "pdf").post(REPORTS).then().statusCode(400)
                .body("course_keys", hasItem("Name at least one course."))
                .body("format", hasItem("Must be one of csv, jsonl and xlsx."));
        STAFF.sends(own(), Visitor.CSRF).formParam("all", "false").post(REAGGREGATE).then().statusCode(400)
                .body("detail", containsString("Give either"));
        STAFF.sends(own(), Visitor.CSRF).formParam("cohort", "x".repeat(200_000)).post(REPORTS).then().statusCode(413);
    }

    private static JsonObject parameters() {
        return new JsonObject(
                String.valueOf(Database.rows("SELECT parameters FROM user_task_status").get(0).get("parameters")));
    }

    private static String own() {
        return "http://localhost:" + RestAssured.port;
    }
}
