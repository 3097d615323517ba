package org.openedx.aggregator.observe;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.dev.DevKeys;
import org.openedx.aggregator.support.Api;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** What stands in the log, with everything of ours switched on. */
@QuarkusTest
@TestProfile(LogTest.Talkative.class)
class LogTest {

    private static final Path LOG = Path.of("target", "log-test.json");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COURSE = "course-v1:Logged+Lines+1";
    private static final String BLOCK = "block-v1:Logged+Lines+1+type@html+block@a";
    private static final String NAME = "zyxw-unmistakable";
    /** Each begins with what must not be found. */
    private static final List<String> SECRETS = List.of("aggregator.auth.symmetric-secret", "aggregator.lms.client-secret",
            "aggregator.registry.password", "aggregator.notification.mail.opt-out-secrets",
            "aggregator.notification.webhook.encryption-secrets", "quarkus.mailer.password");
    private static final String V1 = "/completion-aggregator/v1/";
    private static final String ENROLLMENT = "org.openedx.learning.course.enrollment.changed.v1";
    private static final String STRUCTURE = """
            {"root": "block-v1:Logged+Lines+1+type@course+block@course", "blocks": {
              "block-v1:Logged+Lines+1+type@course+block@course": {"type": "course",
                "children": ["block-v1:Logged+Lines+1+type@html+block@a"]},
              "block-v1:Logged+Lines+1+type@html+block@a": {"type": "html"}}}""";

    /** All that our packages have to say, in JSON. */
    public static class Talkative implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            var settings = new HashMap<>(Map.of("quarkus.log.category.\"org.openedx.aggregator\".level", "DEBUG",
                    "quarkus.log.file.enabled", "true", "quarkus.log.file.path", LOG.toString(),
                    "quarkus.log.file.level", "DEBUG", "quarkus.log.file.json.enabled", "true",
                    "aggregator.aggregation.every", "1s"));
            SECRETS.forEach(setting -> settings.put(setting, NAME + "-secret".repeat(5)));
            return settings;
        }
    }

    @BeforeAll
    static void empty() throws IOException {
        Files.createDirectories(LOG.getParent());
    }

    @Test
    void a_batch_is_one_line_that_a_machine_can_read() {
        // Given
        live();

        // When
        var line = Awaitility.await().atMost(Duration.ofSeconds(20)).until(LogTest::batch, found -> found != null);

        // Then
        assertThat(line.at("/mdc/course").asText()).isEqualTo(COURSE);
        assertThat(line.at("/mdc/learners").asInt()).isPositive();
        assertThat(line.at("/mdc/durationMs").isMissingNode()).isFalse();
        assertThat(line.get("loggerName").asText()).startsWith("org.openedx.aggregator.aggregation");
    }

    @Test
    void nobody_is_named_and_no_secret_is_told() throws IOException {
        // Given
        var token = DevKeys.token(Map.of("preferred_username", NAME));

        // When
        live();
        Api.with(token).get(V1 + "course/" + COURSE + "/?username=" + NAME).then().statusCode(200);
        Api.with(token).get(V1 + "course/?username=" + NAME);
        Api.with(token).get(V1 + "status/").then().statusCode(403);
        Api.with(token).get(V1 + "stats/" + COURSE + "/").then().statusCode(403);
        Api.with(token).get(V1 + "course/" + COURSE + "/?username=somebody-else");
        Api.asStaff().get(V1 + "course/" + COURSE + "/?username=" + NAME + "-not-there");
        Api.with(token + "x").get(V1 + "course/" + COURSE + "/").then().statusCode(401);
        given().header("Authorization", "JWT " + NAME).get(V1 + "course/").then().statusCode(401);
        Api.with(token).contentType("application/json").body("{\"" + NAME).post(V1 + "reaggregate/");
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> text().contains("Dead letter from "));

        // Then
        assertThat(text()).doesNotContain(NAME).doesNotContain(token).doesNotContain(token.split("\\.")[1].substring(0, 60))
                .doesNotContain(DevKeys.linkSecret());
    }

    private static void live() {
        Api.asStaff().contentType("application/json").body(STRUCTURE).put(V1 + "structure/" + COURSE + "/").then()
                .statusCode(200);
        try (var lms = new Lms()) {
            lms.enroll(1_730_001, NAME, COURSE);
            lms.complete(1_730_001, COURSE, BLOCK, 1.0, "2026-05-04T12:00:00Z");
            lms.send(Lms.ENROLLMENTS, ENROLLMENT, "any", NAME + "@example.com");
            lms.send(Lms.ENROLLMENTS, ENROLLMENT, "any", "{\"enrollment\": {\"user\": \"" + NAME + "\"}}");
            lms.send(Lms.USERS, "org.openedx.learning.student.registration.completed.v1", NAME, """
                    {"user": {"id": "%1$s", "pii": {"username": "%1$s", "email": "%1$s@example.com"}}}""".formatted(NAME));
            lms.awaitIngested();
        }
        Database.awaitAggregated(COURSE);
    }

    private static JsonNode batch() {
        return lines().stream()
                .filter(line -> line.contains("Aggregated ") && line.contains(COURSE))
                .map(LogTest::json)
                .findFirst()
                .orElse(null);
    }

    private static List<String> lines() {
        return text().lines().toList();
    }

    private static String text() {
        try {
            return Files.readString(LOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
