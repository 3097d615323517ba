package org.openedx.aggregator;

import static io.restassured.RestAssured.given;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The packaged service, started: nothing in it signs tokens or makes traffic. */
@QuarkusIntegrationTest
class ProductionPathsIT {

    @Test
    void the_service_answers() {
        // When
        var answer = given().get("/completion-aggregator/v1/course/");

        // Then
        answer.then().statusCode(401);
    }

    @Test
    void nobody_signs_tokens() {
        // When
        var answer = given().get("/dev/token?username=alice&administrator=true");

        // Then
        answer.then().statusCode(404);
    }

    @Test
    void nobody_makes_traffic() {
        // When
        var answer = given().post("/dev/traffic?learners=1&events=1");

        // Then
        answer.then().statusCode(404);
    }

    @Test
    void nobody_sends_events() {
        // When
        var answer = given().contentType("application/json").body("{}").post("/dev/event");

        // Then
        answer.then().statusCode(404);
    }
}
