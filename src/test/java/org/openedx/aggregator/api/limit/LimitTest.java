package org.openedx.aggregator.api.limit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.api.Caller;
import org.openedx.aggregator.dev.DevKeys;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;

/** What one caller may ask for, and how. */
@QuarkusTest
@TestProfile(LimitTest.Strict.class)
class LimitTest {

    private static final String COURSE = "course-v1:LimitX+L101+2026";
    private static final String LIST = "/completion-aggregator/v1/course/" + COURSE + "/";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TestHTTPResource
    URI server;

    /** So little that a test gets there, and so slowly that it does not come back meanwhile. */
    public static class Strict implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("aggregator.limit.enabled", "true",
                    "aggregator.limit.burst", "5",
                    "aggregator.limit.per-minute", "1",
                    "aggregator.limit.max-body", "10K",
                    "aggregator.limit.longest-request", "2s");
        }
    }

    @Test
    void who_asks_for_too_much_is_told_when_to_come_back() {
        // Given
        for (int i = 0; i < 5; i++) {
            list("lister").then().statusCode(200);
        }

        // When
        var refused = list("lister");

        // Then
        refused.then().statusCode(429)
                .contentType("application/json")
                .header("Retry-After", matchesPattern("[1-9][0-9]?"))
                .body("detail", matchesPattern("Request was throttled\\. Expected available in \\d+ seconds\\."));
        list("other-lister").then().statusCode(200);
        assertThat(given().get("/q/metrics").asString()).contains("completion_api_throttled_total{expense=\"list\"} 1.0");
    }

    @Test
    void a_learner_may_look_again_and_again() {
        for (int i = 0; i < 50; i++) {
            Caller.as("poller").get("/completion-aggregator/v1/course/?username=poller").then().statusCode(200);
            Caller.as("poller").get("/api/tasks/v0/tasks/").then().statusCode(200);
        }
    }

    @Test
    void who_may_not_at_all_is_told_so_and_spends_nothing() {
        for (int i = 0; i < 10; i++) {
            Caller.as("nobody-special").get(LIST).then().statusCode(403);
            Caller.as("nobody-special").get("/completion-aggregator/v1/stats/" + COURSE + "/").then().statusCode(403);
        }
    }

    @Test
    void a_body_without_a_reason_to_be_large_is_too_large() throws IOException {
        // When
        var announced = raw("POST /test/hanging HTTP/1.1\r\nHost: x\r\nContent-Length: 10241\r\n\r\n");
        var unannounced = raw("POST /test/hanging HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3000\r\n" + " ".repeat(0x3000) + "\r\n0\r\n\r\n");
        var structure = Caller.asStaff().contentType("application/json").body(" ".repeat(20_000))
                .put("/completion-aggregator/v1/structure/" + COURSE + "/");

        // Then
        assertThat(announced).startsWith("HTTP/1.1 413").contains("{\"detail\":");
        assertThat(unannounced).startsWith("HTTP/1.1 413");
        structure.then().statusCode(400);
    }

    @Test
    void who_sends_a_body_byte_by_byte_is_sent_away() throws IOException {
        // Given
        var start = System.nanoTime();

        // When
        var answer = raw("POST /test/hanging HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 408").contains("connection: close").contains("{\"detail\":");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
    }

    @Test
    void who_waits_for_an_answer_that_does_not_come_is_told_so() {
        given().get("/test/hanging").then().statusCode(503).body("detail", is("Service Unavailable."));
    }

    @Test
    void headers_and_addresses_are_not_endless() throws IOException {
        assertThat(raw("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.0 414");
        assertThat(raw("GET /q/health/live HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(30_000) + "\r\n\r\n"))
                .contains(" 431 ");
    }

    private static Response list(String username) {
        var token = DevKeys.token(Map.of("preferred_username", username, "administrator", true));
        return Caller.with("JWT " + token).get(LIST);
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
