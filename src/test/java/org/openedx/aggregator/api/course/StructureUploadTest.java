package org.openedx.aggregator.api.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.api.Caller;
import org.openedx.aggregator.api.SampleCourse;
import org.openedx.aggregator.dev.DevKeys;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

@QuarkusTest
class StructureUploadTest {

    @TestHTTPResource
    URI server;

    @Test
    void the_same_again_marks_nobody() {
        // Given
        var course = SampleCourse.unknown().withLearners(2);

        // When
        var again = put(course, course.structure());

        // Then
        again.statusCode(200).body("new", is(false)).body("types.html", is(5)).body("modes.excluded", is(1));
        assertThat(marks(course)).isZero();
        assertThat(versions(course)).isEqualTo(1);
    }

    @Test
    void a_wrong_structure_names_the_block_and_leaves_the_old_one() {
        // Given
        var course = SampleCourse.unknown().inUse();
        var other = SampleCourse.unknown();
        var cycle = Map.of("ch1", List.of(course.block("sequential", "s1")), "s1", List.of(course.block("chapter", "ch1")));
        var foreign = Map.of("ch1", List.of(other.block("html", "a")));
        var missing = course.structure().replaceFirst("\"[^\"]*html\\+block@a\": \\{[^}]*},\n?", "");
        var second = course.structure().replaceFirst("(\"children\": \\[)[^,\\]]*chapter\\+block@ch2\"", "$1")
                .replaceFirst(",\"[^\"]*chapter\\+block@ch2\"", "");

        // Then
        refused(course, course.structure(List.of("ch1"), cycle), "contains itself");
        refused(course, course.structure(List.of("ch1"), foreign), other.block("html", "a") + " does not belong");
        refused(course, missing, "missing: " + course.block("html", "a"));
        refused(course, second, course.block("chapter", "ch2") + " has no parent");
        refused(course, course.structure().replaceFirst("course\\+block@course", "course+block@nowhere"), "nowhere");
        refused(other, course.structure(), "does not belong");
        Caller.as(course.learner).get(course.own("")).then().statusCode(200).body("results[0].completion.possible", is(5.0f));
        assertThat(versions(course)).isEqualTo(1);
        assertThat(marks(course)).isZero();
        Caller.asStaff().get(other.structurePath()).then().statusCode(404)
                .body("detail", is("Course '" + other.key + "' is not known."));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "{", "[]", "null", "7", "{}", "{\"root\": 7}", "{\"blocks\": {}}", "{\"root\": \"x\"}",
            "{\"root\": \"x\", \"blocks\": []}", "{\"root\": \"x\", \"blocks\": {}}",
            "{\"root\": \"x\", \"blocks\": {\"x\": 7}}",
            "{\"root\": \"\\ud800\", \"blocks\": {\"\\ud800\": {}}}", "{\"blocks\": {\"a😀\": {}}}", "{} {}", "\u0000" })
    void what_is_no_structure_is_refused(String body) {
        var course = SampleCourse.unknown();
        put(course, body).statusCode(400);
        assertThat(Database.number("SELECT COUNT(*) FROM course WHERE course_key = ?", course.key)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "\"type\": 7", "\"children\": \"x\"", "\"children\": [7]",
            "\"completion_mode\": \"perhaps\"", "\"group_access\": []", "\"group_access\": {\"x\": [1]}", "\"start\": 7",
            "\"display_name\": {}", "\"visible_to_staff_only\": \"no\"" })
    void members_of_wrong_types_name_their_block(String member) {
        // Given
        var course = SampleCourse.unknown();
        var root = course.block("course", "course");

        // Then
        put(course, "{\"root\": \"%1$s\", \"blocks\": {\"%1$s\": {\"type\": \"course\", %2$s}}}".formatted(root, member))
                .statusCode(400).body("detail", containsString(root));
    }

    @Test
    void a_name_may_be_made_of_anything() {
        // Given
        var course = SampleCourse.unknown();

        // When
        put(course, course.structure().replace("\"Any\"", "\"😀 \\ud800 \\u0000 <b>\"")).statusCode(200);

        // Then
        Caller.asStaff().get(course.structurePath()).then().statusCode(200)
                .body("root", is(course.block("course", "course")));
        put(course, course.structure().replace("\"Any\"", "\"😀 \\ud800 \\u0000 <b>\"")).statusCode(200).body("new", is(false));
    }

    @Test
    void twenty_thousand_blocks_are_a_course_like_any_other() {
        // Given
        var course = SampleCourse.unknown();
        var chapters = IntStream.range(0, 100).mapToObj(index -> "ch" + index).toList();
        var children = new LinkedHashMap<String, List<String>>();
        chapters.forEach(chapter -> children.put(chapter, leaves(course, chapter, 199)));

        // When
        put(course, course.structure(chapters, children)).statusCode(200).body("types.html", is(19_900));
        try (var lms = new Lms()) {
            lms.enroll(course.learnerId, course.learner, course.key);
            lms.complete(course.learnerId, course.key, course.block("html", "ch7-7"), 1.0, "2026-05-04T12:00:00Z");
            lms.awaitIngested();
        }
        Database.awaitAggregated(course.key);

        // Then
        Caller.as(course.learner).get(course.own("&requested_fields=chapter")).then().statusCode(200)
                .body("results[0].completion.possible", is(19_900f))
                .body("results[0].completion.earned", is(1.0f))
                .body("results[0].chapter.size()", is(100));
    }

    @Test
    void more_blocks_than_allowed_are_too_many() {
        // Given
        var course = SampleCourse.unknown();
        var text = new StringBuilder("{\"root\": \"x\", \"blocks\": {");
        IntStream.range(0, 100_002).forEach(
                index -> text.append('"').append(course.block("html", "b" + index)).append("\":{\"type\":\"html\"},"));

        // Then
        put(course, text.append("\"x\":{}}}").toString()).statusCode(413)
                .body("detail", is("The course has more than 100000 blocks."));
    }

    @Test
    void two_million_blocks_are_refused_before_they_are_read() throws IOException {
        // Given
        var course = SampleCourse.unknown();
        long length = 2_000_000L * (course.block("html", "1000000").length() + 20);
        var request = "PUT " + course.structurePath() + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Authorization: JWT " + DevKeys.token(Map.of("administrator", true)) + "\r\nContent-Length: " + length
                + "\r\n\r\n{\"root\": ";

        // When
        String answer;
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        // Then
        assertThat(answer).startsWith("HTTP/1.1 413").endsWith("{\"detail\":\"Request body is too large.\"}");
    }

    @Test
    void it_is_for_staff() {
        // Given
        var course = SampleCourse.unknown();

        // Then
        Caller.as("sample").contentType("application/json").body("{}").put(course.structurePath()).then().statusCode(403);
        Caller.as("sample").get(course.structurePath()).then().statusCode(403);
        Caller.anonymous().contentType("application/json").body("{}").put(course.structurePath()).then().statusCode(401);
    }

    @Test
    void keys_and_parameters_are_checked() {
        // Given
        var course = SampleCourse.unknown();

        // Then
        Caller.asStaff().contentType("application/json").body(course.structure())
                .put("/completion-aggregator/v1/structure/nonsense/").then().statusCode(404)
                .body("detail", startsWith("Invalid course key: 'nonsense'"));
        Caller.asStaff().contentType("text/plain").body("x").put(course.structurePath()).then().statusCode(415);
        Caller.asStaff().contentType("application/gzip").body("no archive".getBytes(StandardCharsets.UTF_8))
                .put(course.structurePath()).then().statusCode(400);
        Caller.asStaff().contentType("application/gzip").body(new byte[0]).put(course.structurePath()).then().statusCode(400);
        put(course, course.structure()).statusCode(200).body("new", is(true));
        Caller.asStaff().get(course.structurePath()).then().statusCode(200);
    }

    @Test
    void the_shape_of_a_deprecated_course_is_kept_under_its_own_keys() {
        // Given
        var course = SampleCourse.deprecated();

        // When
        put(course, course.structure()).statusCode(200).body("course_key", is(course.key));

        // Then
        Caller.asStaff().get(course.structurePath()).then().statusCode(200)
                .body("root", is(course.block("course", "course")));
    }

    private static List<String> leaves(SampleCourse course, String chapter, int count) {
        var leaves = new ArrayList<String>();
        for (int index = 0; index < count; index++) {
            leaves.add(course.block("html", chapter + "-" + index));
        }
        return leaves;
    }

    private static void refused(SampleCourse course, String body, String detail) {
        put(course, body).statusCode(400).body("detail", containsString(detail)).body("size()", is(1));
    }

    private static ValidatableResponse put(SampleCourse course, String body) {
        return Caller.asStaff().contentType("application/json").body(body.getBytes(StandardCharsets.UTF_8))
                .put(course.structurePath()).then();
    }

    private static long versions(SampleCourse course) {
        return Database.number("SELECT COUNT(*) FROM course_structure s JOIN course c ON c.id = s.course_id"
                + " WHERE c.course_key = ?", course.key);
    }

    private static long marks(SampleCourse course) {
        return Database.number("SELECT COUNT(*) FROM stale_completion s JOIN course c ON c.id = s.course_id"
                + " WHERE c.course_key = ?", course.key);
    }
}
