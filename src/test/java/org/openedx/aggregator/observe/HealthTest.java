package org.openedx.aggregator.observe;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.openedx.aggregator.dev.EmbeddedServices;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

@QuarkusTest
class HealthTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final EmbeddedServices services = EmbeddedServices.start();

    @Test
    @DisabledIfEnvironmentVariable(named = "AGGREGATOR_EMBEDDED_DATABASE_URL", matches = ".+", disabledReason = "not ours to stop")
    void without_the_database_it_is_alive_but_not_ready() {
        // Given
        awaitReady(200);

        // When
        services.stopDatabase();

        // Then
        try {
            awaitReady(503);
            assertAlive();
        } finally {
            services.startDatabase();
        }
        awaitReady(200);
    }

    @Test
    void without_the_broker_it_is_alive_and_ready_and_says_so() {
        // Given
        awaitBroker("connected");

        // When
        services.stopKafka();

        // Then
        try {
            awaitBroker("unreachable");
            given().get("/q/health/ready").then().statusCode(200);
            assertAlive();
        } finally {
            services.startKafka();
        }
        awaitBroker("connected");
    }

    private static void assertAlive() {
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/started").then().statusCode(200);
        assertThat(given().get("/q/health/live").asString()).doesNotContain("DOWN");
    }

    private static void awaitReady(int status) {
        Awaitility.await().atMost(PATIENCE).until(() -> given().get("/q/health/ready").statusCode() == status);
    }

    private static void awaitBroker(String state) {
        Awaitility.await().atMost(PATIENCE).until(() -> state.equals(broker()));
    }

    private static String broker() {
        return JsonPath.from(given().get("/q/health/ready").asString())
                .getString("checks.find { it.name == 'kafka' }.data.broker");
    }
}
