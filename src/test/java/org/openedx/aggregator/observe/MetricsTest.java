package org.openedx.aggregator.observe;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Api;
import org.openedx.aggregator.support.Lms;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class MetricsTest {

    private static final String COURSE = "course-v1:Metrics+Labels+1";
    private static final String BLOCK = "block-v1:Metrics+Labels+1+type@html+block@a";
    private static final String V1 = "/completion-aggregator/v1/";
    private static final Path TABLE = Path.of("src", "docs", "metrics.md");
    private static final Pattern ROW = Pattern.compile("^\\| `((?:completion|aggregator)_\\w+)`", Pattern.MULTILINE);
    private static final Pattern REQUEST = Pattern.compile("http_server_requests_seconds_count\\{[^}]*uri=\"([^\"]*)\"");
    private static final String STRUCTURE = """
            {"root": "block-v1:Metrics+Labels+1+type@course+block@course", "blocks": {
              "block-v1:Metrics+Labels+1+type@course+block@course": {"type": "course",
                "children": ["block-v1:Metrics+Labels+1+type@html+block@a"]},
              "block-v1:Metrics+Labels+1+type@html+block@a": {"type": "html"}}}""";

    @Test
    void the_table_of_metrics_is_what_the_service_shows() throws IOException {
        // Given
        var documented = ROW.matcher(Files.readString(TABLE)).results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        // When
        useEverything();

        // Then
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(
                () -> assertThat(ExposedMetrics.ours()).isEqualTo(documented));
    }

    @Test
    void what_the_libraries_measure_is_there() {
        // When
        useEverything();

        // Then
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(ExposedMetrics.text())
                .contains("http_server_requests_seconds_count")
                .contains("kafka_consumer_fetch_manager_records_lag_max")
                .contains("sql_pool_active").contains("sql_queue_size"));
    }

    @Test
    void requests_are_counted_by_route_and_not_by_what_stands_in_it() {
        // Given
        publish();

        // When
        for (var path : new String[] { V1 + "course/" + COURSE + "/", V1 + "course/" + COURSE, V1 + "stats/" + COURSE + "/",
                V1 + "structure/" + COURSE + "/", V1 + "structure/" + COURSE + "/refresh/", V1 + "course/course-v1:No+Such+1/",
                V1 + "course/rubbish/", V1 + "nowhere/" + COURSE,
                "/completion-aggregator/v0/course/" + COURSE + "/blocks/" + BLOCK + "/",
                "/api/tasks/v0/tasks/6ecb7f3c-3a5e-4d8a-8a3f-0d0a4f3c2b1a/", "/unknown/" + COURSE }) {
            given().get(path);
            Api.as("labelled").get(path + "?username=labelled");
            Api.asStaff().get(path);
            Api.asStaff().put(path);
            given().options(path);
        }

        // Then
        var routes = REQUEST.matcher(ExposedMetrics.text()).results().map(found -> found.group(1)).toList();
        assertThat(routes).anyMatch(route -> route.contains("{course_key"))
                .noneMatch(route -> route.contains("course-v1") || route.contains("rubbish") || route.contains("6ecb7f3c"));
        assertThat(ExposedMetrics.text()).doesNotContain("labelled");
    }

    private static void useEverything() {
        publish();
        try (var lms = new Lms()) {
            lms.enroll(1_710_001, "measured", COURSE);
            lms.complete(1_710_001, COURSE, BLOCK, 1.0, "2026-05-04T12:00:00Z");
            lms.send(Lms.ENROLLMENTS, "org.openedx.learning.course.enrollment.changed.v1", "any", "{");
            lms.capture("auth_user",
                    "{\"after\": {\"id\": 1710002, \"username\": \"loaded\"}, \"op\": \"r\", \"source\": {\"ts_ms\": 1777896001500}}");
            lms.awaitIngested();
        }
    }

    private static void publish() {
        Api.asStaff().contentType("application/json").body(STRUCTURE).put(V1 + "structure/" + COURSE + "/").then()
                .statusCode(200);
    }
}
