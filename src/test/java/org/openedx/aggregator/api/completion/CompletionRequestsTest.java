package org.openedx.aggregator.api.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.api.Caller;
import org.openedx.aggregator.api.SampleCourse;
import org.openedx.aggregator.dev.DevKeys;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** What can be asked for, and above all what cannot. */
@QuarkusTest
class CompletionRequestsTest {

    private static final String FORBIDDEN = "You do not have permission to perform this action.";
    private static final String EMOJI = "%F0%9F%98%80";

    private static SampleCourse shared;
    private static SampleCourse crowd;

    private SampleCourse course;

    @BeforeEach
    void publishOnce() {
        if (shared == null) {
            crowd = SampleCourse.unknown().withLearners(23);
            shared = SampleCourse.unknown().inUse();
        }
        course = shared;
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "Basic YWxpY2U6c2VjcmV0" })
    void nobody_is_asked_to_say_who_they_are(String authorization) {
        var caller = authorization.isEmpty() ? Caller.anonymous() : Caller.with(authorization);
        refused(caller.get(course.own("")).then(), 401, "Authentication credentials were not provided.")
                .header("WWW-Authenticate", "JWT realm=\"api\"");
    }

    @Test
    void bad_tokens_open_nothing() {
        var good = DevKeys.token(Map.of("preferred_username", course.learner));
        for (var token : List.of("abc", good.substring(0, good.length() - 4) + "AAAA",
                good.substring(0, good.lastIndexOf('.') + 1), good.replaceFirst("^[^.]*", "eyJhbGciOiJub25lIn0"),
                DevKeys.token(Map.of("preferred_username", course.learner, "is_restricted", true)),
                DevKeys.token(Map.of("preferred_username", course.learner, "iss", "https://evil.example/oauth2")))) {
            refused(Caller.with("JWT " + token).get(course.own("")).then(), 401, "Invalid token.")
                    .header("WWW-Authenticate", "JWT realm=\"api\"");
        }
        refused(Caller.with("JWT " + DevKeys.token(Map.of("exp", 1_700_000_000))).get(course.own("")).then(), 401,
                "Token has expired.");
    }

    @Test
    void a_learner_sees_their_own_progress() {
        Caller.as(course.learner).get(course.own("&requested_fields=chapter,course,sequential,library_content,mean,username"))
                .then().statusCode(200)
                .body("results", hasSize(1))
                .body("results[0].course_key", is(course.key))
                .body("results[0].username", is(course.learner))
                .body("results[0].mean", is(0.3f))
                .body("results[0].completion", is(Map.of("earned", 1.5f, "possible", 5.0f, "percent", 0.3f)))
                .body("results[0].course.block_key", contains(course.block("course", "course")))
                .body("results[0].course[0].completion.earned", is(1.5f))
                .body("results[0].chapter.completion.possible", contains(4.0f, 1.0f))
                .body("results[0].sequential.completion.percent", contains(0.75f, 0.0f))
                .body("results[0].library_content", empty())
                .body("pagination", is(pagination(1)));
    }

    @Test
    void version_0_adds_the_ratio_and_means_oneself() {
        Caller.as(course.learner).get(course.v0() + "?requested_fields=chapter")
                .then().statusCode(200)
                .body("results[0].completion", is(Map.of("earned", 1.5f, "possible", 5.0f, "percent", 0.3f, "ratio", 0.3f)))
                .body("results[0].chapter.completion", everyItem(hasKey("ratio")))
                .body("results[0]", not(hasKey("username")));
        Caller.as(course.learner).get("/completion-aggregator/v0/course/").then().statusCode(200)
                .body("results.completion.ratio", contains(0.3f));
        refused(Caller.as(course.learner).get(course.v0() + "?username=staff").then(), 403, FORBIDDEN);
        notEnrolled(Caller.as("staff").get(course.v0()).then(), "staff", course.key);
    }

    @Test
    void a_learner_sees_the_list_of_their_courses() {
        var list = "/completion-aggregator/v1/course";
        Caller.as(course.learner).get(list + "/?username=" + course.learner).then().statusCode(200)
                .body("results.course_key", contains(course.key))
                .body("pagination", is(pagination(1)));
        Caller.as(course.learner).get(list + "?username=" + course.learner + "&mobile_only=true").then().statusCode(200)
                .body("results", empty())
                .body("pagination", is(pagination(0)));
        Caller.as("never-heard-of").get(list + "?username=never-heard-of").then().statusCode(200).body("results", empty());
        refused(Caller.as(course.learner).get(list).then(), 403, FORBIDDEN);
        refused(Caller.as(course.learner).get(list + "?username=staff").then(), 403, FORBIDDEN);
        refused(Caller.asStaff().get(list + "?username=never-heard-of").then(), 404,
                "User 'never-heard-of' does not exist.");
        Caller.asStaff().get(list).then().statusCode(200).body("results", empty());
        refused(Caller.as(course.learner).post(list).then(), 405, "Method \"POST\" not allowed.");
    }

    @Test
    void another_learner_is_none_of_ones_business() {
        refused(Caller.as(course.learner).get(course.path() + "?username=somebody").then(), 403, FORBIDDEN);
        refused(Caller.as(course.learner).get(course.path()).then(), 403, FORBIDDEN);
        refused(Caller.as(course.learner).get(course.path() + "?username=" + EMOJI).then(), 403, FORBIDDEN);
    }

    @Test
    void staff_may_name_anybody_who_exists() {
        Caller.asStaff().get(course.own("")).then().statusCode(200).body("results[0].completion.earned", is(1.5f));
        refused(Caller.asStaff().get(course.path() + "?username=never-heard-of").then(), 404,
                "User 'never-heard-of' does not exist.");
        refused(Caller.asStaff().get(course.path() + "?username=a" + EMOJI.repeat(100)).then(), 404,
                "User 'a" + "\uD83D\uDE00".repeat(49) + "…' does not exist.");
    }

    @Test
    void who_is_not_enrolled_has_no_progress() {
        notEnrolled(Caller.as("outsider").get(course.path() + "?username=outsider").then(), "outsider", course.key);
        var unknown = SampleCourse.unknown();
        notEnrolled(Caller.as("outsider").get(unknown.path() + "?username=outsider").then(), "outsider", unknown.key);
    }

    @Test
    void asking_for_an_unknown_course_does_not_make_it_known() {
        // Given
        var unknown = SampleCourse.unknown();

        // When
        Caller.asStaff().get(unknown.path()).then().statusCode(200).body("results", empty());
        Caller.asStaff().get(unknown.statsPath()).then().statusCode(200);

        // Then
        assertThat(Database.number("SELECT COUNT(*) FROM course WHERE course_key = ?", unknown.key)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "nonsense", "course-v1:A+B", "course-v1:A+B+C+type@html+block@x", "a/b", "library-v1:A+B",
            "course-v1:A+%F0%9F%98%80+C", "course-v1:A+B%20+C", "course-v1:A+B+%00", "block-v1:A+B+C+type@html+block@x" })
    void a_key_that_is_none_is_not_found(String key) {
        for (var start : List.of("v1/course/", "v0/course/", "v1/stats/")) {
            Caller.asStaff().get("/completion-aggregator/" + start + key + "/?username=staff")
                    .then().statusCode(404).body("detail", startsWith("Invalid course key: '"));
        }
    }

    @Test
    void a_key_of_256_characters_is_not_found_whatever_it_is_made_of() {
        for (var letter : List.of("x", "%C3%A9", EMOJI, "a" + EMOJI)) {
            var key = "course-v1:A+B+" + letter.repeat(256);
            Caller.asStaff().get("/completion-aggregator/v1/course/" + key + "/?username=staff")
                    .then().statusCode(404).body("detail", startsWith("Invalid course key: 'course-v1:A+B+"));
        }
    }

    @Test
    void keys_are_understood_however_they_are_written() {
        for (var path : List.of(course.key, course.key + "/", course.key.replace("+", "%2B"),
                course.key.replace(":", "%3A") + "/", course.key.replace("+", "%2b").replace(":", "%3a") + "/",
                course.key + "+branch@draft/")) {
            Caller.as(course.learner).get("/completion-aggregator/v1/course/" + path + "?username=" + course.learner)
                    .then().statusCode(200).body("results.course_key", contains(course.key));
        }
        refused(Caller.asStaff().get("/completion-aggregator/v1/course/" + course.key.replace("+", "%20") + "/").then(), 404,
                "Invalid course key: '" + course.key.replace("+", " ") + "'.");
    }

    @Test
    void deprecated_keys_have_slashes_and_blocks_of_their_own() {
        // Given
        var old = SampleCourse.deprecated().inUse();

        // Then
        for (var end : List.of("", "/")) {
            Caller.as(old.learner).get("/completion-aggregator/v1/course/" + old.key + end + "?username=" + old.learner)
                    .then().statusCode(200).body("results.completion.earned", contains(1.5f));
            Caller.as(old.learner).get("/completion-aggregator/v0/course/" + old.key + end).then().statusCode(200);
            Caller.asStaff().get("/completion-aggregator/v1/stats/" + old.key + end).then().statusCode(200)
                    .body("results[0].mean_completion.earned", is(1.5f));
        }
        post(old, "/blocks/" + old.block("html", "c"), "{\"completion\": 0.5}").statusCode(201);
        for (var block : List.of(old.block("html", "c"), old.block("html", "c").replace("i4x://", "i4x:/"),
                old.block("html", "c").replace("/", "%2F"))) {
            post(old, "/blocks/" + block, "{\"completion\": 0.5}").statusCode(200);
            post(old, "/blocks/" + block + "/", "{\"completion\": 0.5}").statusCode(200);
        }
        post(old, "/blocks/i4x://Other/Course/html/c", "{\"completion\": 0.5}").statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "foo | {'foo'}", "foo,chapter,bar | {'foo', 'bar'}", "foo,foo | {'foo'}",
            "Chapter | {'Chapter'}", "html | {'html'}", "%20chapter | {' chapter'}", "a%22b | {'a\"b'}" })
    void fields_there_are_none_of_are_named(String fields, String named) {
        for (var path : List.of(course.own("&requested_fields="), course.v0() + "?requested_fields=",
                "/completion-aggregator/v1/course/?username=" + course.learner + "&requested_fields=")) {
            refused(Caller.as(course.learner).get(path + fields).then(), 400,
                    "Invalid requested_fields value(s): " + named);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ",", ",,", "username", "mean" })
    void no_fields_are_no_lists(String fields) {
        Caller.as(course.learner).get(course.own("&requested_fields=" + fields)).then().statusCode(200)
                .body("results[0]", not(hasKey("chapter")));
    }

    @Test
    void a_root_block_is_reported_on_instead_of_the_course() {
        root(course.block("chapter", "ch1")).statusCode(200)
                .body("results[0].completion", is(Map.of("earned", 1.5f, "possible", 4.0f, "percent", 0.375f)))
                .body("results[0].chapter.block_key", contains(course.block("chapter", "ch1")))
                .body("results[0].sequential", hasSize(2));
        root(course.block("html", "b")).statusCode(200)
                .body("results[0].completion", is(Map.of("earned", 0.5f, "possible", 1.0f, "percent", 0.5f)))
                .body("results[0].chapter", empty());
        root(course.block("course", "course")).statusCode(200).body("results[0].completion.earned", is(1.5f));
        Caller.asStaff().get(course.path() + "?root_block=" + query(course.block("chapter", "ch1"))).then().statusCode(200)
                .body("results[0].completion.earned", is(1.5f));
    }

    @Test
    void a_root_block_the_course_does_not_have_is_not_found() {
        // Given
        var other = SampleCourse.unknown().publish();
        try (var lms = new Lms()) {
            lms.complete(course.learnerId, course.key, course.block("html", "gone"), 1.0, "2026-05-04T12:00:00+00:00");
            lms.awaitIngested();
        }

        // Then
        for (var key : List.of("nonsense", course.block("html", "nowhere"), course.block("html", "gone"),
                other.block("chapter", "ch1"), course.block("discussion", "talk"), course.key,
                course.block("html", "x".repeat(256)))) {
            var shown = key.length() <= 100 ? key : key.substring(0, 100) + "…";
            refused(root(key), 404, "Invalid block key: '" + shown + "'.");
            refused(Caller.asStaff().get(course.path() + "?root_block=" + query(key)).then(), 404,
                    "Invalid block key: '" + shown + "'.");
        }
        root(EMOJI.repeat(60)).statusCode(404);
        root("a" + EMOJI.repeat(60)).statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "%s|1", "%s,5|1", "5.%s|1", "5|0", "%s,%s|1", ",|0", "-1|0", "%%20%s%%20|1" })
    void user_ids_narrow_the_answer_down(String ids, int found) {
        // Given
        var filled = ids.replace("%s", Long.toString(course.learnerId)).replace("%%", "%");

        // Then
        Caller.asStaff().get(course.path() + "?user_ids=" + filled).then().statusCode(200)
                .body("results", hasSize(found))
                .body("pagination.count", is(found));
        Caller.as(course.learner).get(course.own("&user_ids=" + filled)).then().statusCode(200)
                .body("results", hasSize(found));
    }

    @ParameterizedTest
    @CsvSource({ "abc, abc", "'1,x', x", "1e3, 1e3", "99999999999999999999, 99999999999999999999" })
    void user_ids_that_are_no_numbers_are_refused(String ids, String named) {
        refused(Caller.asStaff().get(course.path() + "?user_ids=" + ids).then(), 400,
                "Invalid user_ids value: '" + named + "'.");
        refused(Caller.as(course.learner).get(course.own("&user_ids=" + ids)).then(), 400,
                "Invalid user_ids value: '" + named + "'.");
    }

    @ParameterizedTest
    @CsvSource({ "0, 10", "-1, 10", "abc, 10", "1e9, 10", "'', 10", "5, 5", "1000000000, 23", "99999999999999999999, 23" })
    void a_page_has_a_size_that_makes_sense(String size, int items) {
        Caller.asStaff().get(crowd.path() + "?page_size=" + size).then().statusCode(200)
                .body("results", hasSize(items))
                .body("pagination.count", is(23))
                .body("pagination.num_pages", is((22 + items) / items));
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "4", "999", "-1", "abc", "1.0", "99999999999999999999", "%20" })
    void a_page_that_does_not_exist_is_not_found(String page) {
        refused(Caller.asStaff().get(crowd.path() + "?page=" + page).then(), 404, "Invalid page.");
        refused(Caller.asStaff().get("/completion-aggregator/v1/course/?page=" + page).then(), 404, "Invalid page.");
        refused(Caller.as(course.learner).get(course.own("&page=" + page)).then(), 404, "Invalid page.");
    }

    @Test
    void pages_lead_to_each_other() {
        Caller.asStaff().get(crowd.path() + "?requested_fields=mean,chapter&page=2").then().statusCode(200)
                .body("results", hasSize(10))
                .body("results[0].username", is(crowd.learner + ".10"))
                .body("results[0].completion", is(Map.of("earned", 0.0f, "possible", 5.0f, "percent", 0.0f)))
                .body("pagination.next", startsWith("http://"))
                .body("pagination.next", endsWith(crowd.path() + "?page=3&requested_fields=mean%2Cchapter"))
                .body("pagination.previous", endsWith(crowd.path() + "?requested_fields=mean%2Cchapter"))
                .body("pagination.num_pages", is(3));
        Caller.asStaff().get(crowd.path() + "?page=last&page_size=22").then().statusCode(200)
                .body("results.username", contains(crowd.learner + ".22"))
                .body("pagination.next", nullValue())
                .body("pagination.previous", endsWith(crowd.path() + "?page_size=22"));
        Caller.asStaff().get(crowd.path() + "?page=").then().statusCode(200)
                .body("pagination.next", endsWith("?page=2"))
                .body("pagination.previous", nullValue());
    }

    @Test
    void long_parameters_may_stand_in_a_body() {
        detail("{\"username\": \"" + course.learner + "\", \"requested_fields\": [\"chapter\"]}").statusCode(200)
                .body("results[0].chapter", hasSize(2));
        detail("{\"user_ids\": [" + course.learnerId + "]}").statusCode(200).body("results", hasSize(1));
        detail("{\"user_ids\": []}").statusCode(200).body("results", hasSize(1));
        detail("{\"root_block\": \"" + course.block("chapter", "ch1") + "\"}").statusCode(200)
                .body("results[0].completion.possible", is(4.0f));
        detail("{}").statusCode(200).body("results[0].username", is(course.learner));
        detail("{\"unknown\": 1}").statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'requested_fields': ['foo']}        | detail | Invalid requested_fields value(s): {'foo'}",
            "{'requested_fields': [null]}         | detail | Invalid requested_fields value(s): {'null'}",
            "{'requested_fields': ['😀\\ud800']}  | detail | Invalid requested_fields value(s): {'😀?'}",
            "{'user_ids': [null]}                 | detail | Invalid user_ids value: 'null'.",
            "{'username': '\\ud800'}              | detail | User '?' does not exist.",
            "{'root_block': '\\udc00'}            | detail | Invalid block key: '?'.",
            "{'root_block': 'x'}                  | detail | Invalid block key: 'x'." })
    void a_body_is_checked_like_a_query(String body, String field, String message) {
        // When
        var answer = detail(json(body));

        // Then
        answer.statusCode(message.contains("Invalid re") || message.contains("user_ids") ? 400 : 404)
                .body(field, is(message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'requested_fields': 'chapter'} | requested_fields | Expected a list of items.",
            "{'user_ids': '1,2'}             | user_ids         | Expected a list of items.",
            "{'user_ids': ['x']}             | user_ids.0       | A valid integer is required.",
            "{'user_ids': [1.5]}             | user_ids.0       | A valid integer is required.",
            "{'user_ids': [{}]}              | user_ids.0       | A valid integer is required.",
            "{'user_ids': ['17']}            | user_ids.0       | A valid integer is required.",
            "{'username': {}}                | username         | Not a valid string.",
            "{'root_block': []}              | root_block       | Not a valid string." })
    void a_body_of_wrong_types_is_refused(String body, String field, String message) {
        detail(json(body)).statusCode(400).body("'" + field + "'", contains(message));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{", "nonsense", "{\"user_ids\": [1,}", "{\"user_ids\": [99999999999999999999]}", "[]", "7",
            "null",
            "", "{\"a\":" })
    void a_body_that_is_none_is_refused(String body) {
        detail(body).statusCode(400);
    }

    @Test
    void a_body_may_be_long_but_not_endless() {
        detail("{\"user_ids\": [" + "17,".repeat(2000) + course.learnerId + "]}").statusCode(200).body("results", hasSize(1));
        detail("{\"user_ids\": [" + "17,".repeat(1_000_000) + "1]}").statusCode(400);
        detail("{\"requested_fields\": [\"" + "x".repeat(100_000) + "\"]}").statusCode(400);
        detail("{\"requested_fields\": [\"x" + "\",\"x".repeat(100_000) + "\"]}").statusCode(400);
        detail("{\"username\": \"" + "x".repeat(100_000) + "\"}").statusCode(404);
        detail("{\"a\": " + "[".repeat(100_000)).statusCode(400);
    }

    @Test
    void a_body_of_another_type_is_not_understood() {
        Caller.asStaff().contentType("text/plain").body("x").post(course.path()).then().statusCode(415)
                .body("detail", startsWith("Unsupported media type \"text/plain"));
        refused(Caller.asStaff().contentType("application/json").body("{}").delete(course.path()).then(), 405,
                "Method \"DELETE\" not allowed.");
    }

    @Test
    void who_polls_is_told_when_nothing_has_changed() {
        // Given
        var polled = SampleCourse.unknown().inUse();
        var tag = Caller.as(polled.learner).get(polled.own("")).then().statusCode(200).extract().header("ETag");

        // When
        var unchanged = Caller.as(polled.learner).header("If-None-Match", tag).get(polled.own("")).then();
        post(polled, "/blocks/" + polled.block("html", "c") + "/", "{\"completion\": 1}").statusCode(201);
        var changed = Caller.as(polled.learner).header("If-None-Match", "W/\"x\", " + tag).get(polled.own("")).then();

        // Then
        assertThat(unchanged.statusCode(304).header("ETag", tag).extract().asByteArray()).isEmpty();
        changed.statusCode(200).header("ETag", not(tag)).body("results[0].completion.earned", is(2.5f));
        Caller.as(polled.learner).header("If-None-Match", "W/\"x\", *").get(polled.own("")).then().statusCode(200);
        Caller.as(polled.learner).header("If-None-Match", "garbage").get(polled.v0()).then().statusCode(200);
    }

    private ValidatableResponse root(String block) {
        return Caller.as(course.learner).get(course.own("&requested_fields=chapter,sequential&root_block=" + query(block)))
                .then();
    }

    private ValidatableResponse detail(String body) {
        return Caller.asStaff().contentType("application/json").body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post(course.path()).then();
    }

    private static ValidatableResponse post(SampleCourse course, String path, String body) {
        return Caller.as(course.learner).contentType("application/json").body(body)
                .post("/completion-aggregator/v0/course/" + course.key + path).then();
    }

    private static void notEnrolled(ValidatableResponse response, String username, String course) {
        refused(response, 404, "User '" + username + "' does not have an active enrollment in course '" + course + "'.");
    }

    private static ValidatableResponse refused(ValidatableResponse response, int status, String detail) {
        return response.statusCode(status).body("detail", is(detail)).body("size()", is(1));
    }

    private static Map<String, Object> pagination(int count) {
        var pagination = new java.util.HashMap<String, Object>();
        pagination.put("next", null);
        pagination.put("previous", null);
        pagination.put("count", count);
        pagination.put("num_pages", 1);
        return pagination;
    }

    // In a query, a plus is a space.
    private static String query(String key) {
        return key.replace("+", "%2B");
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
