package org.openedx.aggregator.api.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.api.Caller;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.response.Response;

/** Bodies and addresses that nobody sends who means well: each is refused, and nothing breaks. */
@QuarkusTest
@TestProfile(MatrixTest.Webhooks.class)
class HostileBodyTest {

    private static final String COURSE = "course-v1:HostileX+H101+2026";
    private static final Map<String, byte[]> BODIES = Map.of(
            "nested a hundred thousand deep", ("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000)).getBytes(),
            "a list a hundred thousand deep", ("[".repeat(100_000) + "]".repeat(100_000)).getBytes(),
            "members nested deep", members("[".repeat(5_000) + "]".repeat(5_000)),
            "a number of a hundred thousand digits", members("9".repeat(100_000)),
            "a number with an exponent beyond all", members("1e999999999"),
            "half a character", members("\"\\ud800\""),
            "no UTF-8", "{\"username\": \"\u00ff\u00c3(\"}".getBytes(StandardCharsets.ISO_8859_1),
            "a byte of nothing", "{\"username\": \"a\u0000b\"}".getBytes(StandardCharsets.UTF_8),
            "cut short", "{\"course_keys\": [\"course-v1:".getBytes(StandardCharsets.UTF_8));

    // The same for every member that some endpoint knows.
    private static byte[] members(String value) {
        return Stream.of("username", "user_ids", "course_keys", "completion", "permissions", "url", "email", "type",
                "sequence", "task_id", "root", "blocks")
                .map(name -> "\"" + name + "\": " + value)
                .collect(Collectors.joining(", ", "{", "}"))
                .getBytes(StandardCharsets.UTF_8);
    }

    static Stream<Matrix.Row> readers() {
        return Matrix.rows()
                .stream()
                .filter(row -> row.method().equals("PUT") || row.method().equals("POST"))
                .filter(row -> !row.path().startsWith("/tasks") && !row.path().contains("?"))
                .filter(row -> !row.path().matches(".*/(opt-out/|cancel|refresh|\\{delivery}/retry)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readers")
    void every_reader_of_a_body_refuses_it(Matrix.Row row) {
        BODIES.forEach((name, body) -> assertThat(send(row, body).statusCode()).as(name).isBetween(200, 499));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readers")
    void the_last_of_two_members_of_a_name_counts_or_none(Matrix.Row row) {
        // Given
        var twice = "{\"course_keys\": [\"%s\"], \"course_keys\": 3, \"username\": \"a\", \"username\": [], \"permissions\": "
                + "[\"view\"], \"permissions\": 3, \"email\": true, \"email\": \"x\", \"url\": \"https://a.example.org/\", \"url\": "
                + "[], \"completion\": 1, \"completion\": \"x\"}";

        // Then
        assertThat(send(row, twice.formatted(COURSE).getBytes(StandardCharsets.UTF_8)).statusCode()).isIn(400, 404, 200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd",
            "user_tasks/2026/05/04/../../../../etc/passwd", "user_tasks%5c..%5c..%5cetc%5cpasswd", "%00", "%ff%fe",
            "user_tasks/2026/05/04/00000000-0000-0000-0000-000000000000/a%0d%0aSet-Cookie:%20a=b" })
    void no_address_of_a_file_leads_elsewhere(String key) {
        var answer = Caller.anonymous().get("/api/tasks/v0/files/" + key + "?expires=9999999999&name=a%0d%0aX-Injected:%201"
                + "&type=text/html&signature=x");
        assertThat(answer.statusCode()).isIn(400, 403, 404);
        assertThat(answer.headers().hasHeaderWithName("Set-Cookie")).isFalse();
        assertThat(answer.headers().hasHeaderWithName("X-Injected")).isFalse();
    }

    private static Response send(Matrix.Row row, byte[] body) {
        var path = row.path()
                .replace("{course_key}", COURSE)
                .replace("{block_key}", "block-v1:HostileX+H101+2026+type@html+block@a")
                .replace("{uuid}", UUID.randomUUID().toString())
                .replace("{username}", "somebody");
        return Caller.with("JWT " + Person.SUPERUSER.token().orElseThrow())
                .config(RestAssured.config().encoderConfig(
                        EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .contentType("application/json")
                .body(body)
                .request(row.method(), path);
    }
}
