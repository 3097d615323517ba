package org.openedx.aggregator.api.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.api.Caller;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;

/** What answers say beside what was asked for. */
@QuarkusTest
@TestProfile(MatrixTest.Webhooks.class)
class HeadersTest {

    static Stream<String> pathsWithAnswers() {
        return Matrix.rows()
                .stream()
                .filter(row -> row.method().equals("GET") && !row.path().contains("{"))
                .map(row -> row.path() + (row.path().equals("/completion-aggregator/v1/course") ? "?username=headers" : ""));
    }

    @ParameterizedTest
    @MethodSource("pathsWithAnswers")
    void every_answer_is_what_it_says_and_no_server_tells_its_name(String path) {
        sober(get(path));
        sober(RestAssured.given().get(path));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/completion-aggregator/v1/course/?username=" + Person.LEARNER_NAME,
            "/completion-aggregator/v0/course/",
            "/completion-aggregator/v1/stats/course-v1:HeadersX+H+1/", "/api/tasks/v0/tasks/", "/api/tasks/v0/artifacts/",
            "/api/tasks/v0/preferences/", "/api/tasks/v0/webhooks/", "/csrf/api/v1/token", "/tasks" })
    void no_shared_cache_keeps_what_is_about_a_person(String path) {
        assertThat(get(path).headers().getValues("Cache-Control")).hasSize(1).first().asString().startsWith("private, no-");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/tasks", "/completion-aggregator/v1/course/", "/api/tasks/v0/files/x", "/nowhere" })
    void a_refusal_is_as_careful(String path) {
        sober(RestAssured.given().get(path));
    }

    private static Response get(String path) {
        return Caller.with("JWT " + Person.LEARNER.token().orElseThrow()).get(path);
    }

    private static void sober(Response answer) {
        assertThat(answer.headers().getValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.headers().getValues("Server")).isEmpty();
        assertThat(answer.headers().getValues("X-Powered-By")).isEmpty();
    }
}
