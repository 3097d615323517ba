package org.openedx.aggregator.deployment;

import static io.restassured.RestAssured.given;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

/** The list that alerts, autoscaler and dashboard are checked against is itself checked against a running service. */
@QuarkusTest
class MetricsTest {

    private static final Pattern LINE = Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]*)[ {].*", Pattern.MULTILINE);

    @Test
    void a_running_service_shows_every_metric_of_the_list() {
        // Given: some appear with the first request, some with the first poll of the broker.
        given().get("/completion-aggregator/v1/course/").then().statusCode(401);

        // When
        Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(500))
                .untilAsserted(MetricsTest::assertAllThere);
    }

    private static void assertAllThere() {
        var missing = new TreeSet<>(MetricNames.known());
        missing.removeAll(shown());
        // Then
        Assertions.assertThat(missing).isEmpty();
    }

    private static Set<String> shown() {
        return LINE.matcher(given().get("/q/metrics").asString()).results()
                .map(line -> line.group(1))
                .collect(Collectors.toSet());
    }
}
