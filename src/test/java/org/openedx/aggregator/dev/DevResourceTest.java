package org.openedx.aggregator.dev;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.course.CourseStructure;
import org.openedx.aggregator.key.UsageKey;
import org.openedx.aggregator.support.Api;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class DevResourceTest {

    private static final String COURSE = "/completion-aggregator/v1/course/";

    @Test
    void a_token_opens_the_api_for_its_learner() {
        // Given
        var token = token("username=alice");

        // When
        var answer = Api.with(token).get(COURSE + "?username=bob");

        // Then
        answer.then().statusCode(403);
        Api.with(token).get(COURSE + "?username=alice").then().statusCode(200);
    }

    @Test
    void a_token_of_an_administrator_opens_what_is_for_staff() {
        // Given
        given().post("/dev/traffic?learners=1&events=1").then().statusCode(200);
        awaitIngested();

        // When
        var answer = Api.with(token("username=boss&administrator=true"))
                .get(COURSE + "?username=" + Traffic.username(Traffic.FIRST_ID));

        // Then
        answer.then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "?username=", "?username=%20" })
    void a_token_is_for_somebody(String query) {
        // When
        var answer = given().urlEncodingEnabled(false).get("/dev/token" + query);

        // Then
        answer.then().statusCode(400).body("username", contains("must not be blank"));
    }

    @Test
    void an_event_goes_over_the_bus_as_it_is() {
        // Given
        given().post("/dev/traffic?learners=1&events=1").then().statusCode(200);
        var modified = System.currentTimeMillis() * 1000;

        // When
        given().contentType("application/json").body(DemoLines.event()).post("/dev/event")
                .then().statusCode(202).body("topic", is("analytics"));

        // Then
        awaitIngested();
        assertThat(Database.rows("""
                SELECT f.completion AS completion FROM block_completion f JOIN block b ON b.id = f.block_id
                 WHERE f.learner_id = 501 AND b.block_key = ? AND f.modified >= ?""",
                DemoLearner.ALICE.next(DemoCourse.completable()).value(), modified))
                .containsExactly(Map.of("completion", 1.0));
    }

    @Test
    void traffic_arrives_and_counts() {
        // When
        var report = given().post("/dev/traffic?learners=20&events=1000")
                .then().statusCode(200).extract().jsonPath();

        // Then
        assertThat(report.getInt("learners")).isEqualTo(20);
        assertThat(report.getInt("completions")).isEqualTo(1000);
        assertThat(report.getString("first_username")).isEqualTo("learner-1000001");
        assertThat(report.getString("last_username")).isEqualTo("learner-1000020");
        awaitIngested();
        Database.awaitAggregated(DemoCourse.KEY.value());
        for (long learner = Traffic.FIRST_ID; learner < Traffic.FIRST_ID + 20; learner++) {
            assertThat(percent(learner)).as("percent of %d", learner).isCloseTo(expectedPercent(learner), within(1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource({ "learners,0", "learners,100001", "learners,-1", "learners,many", "learners,1.5", "events,0",
            "events,1000001", "events,99999999999999999999", "events,1e3" })
    void traffic_is_bounded(String parameter, String value) {
        // When
        var answer = given().queryParam(parameter, value).post("/dev/traffic");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.jsonPath().getMap("$")).containsOnlyKeys(parameter);
    }

    @Test
    void nothing_of_this_is_documented_as_the_services_own() {
        // When
        var document = given().get("/q/openapi").asString();

        // Then
        assertThat(document).contains("/completion-aggregator/").doesNotContain("/dev/");
    }

    private static String token(String query) {
        return given().get("/dev/token?" + query).then().statusCode(200).contentType("text/plain").extract().asString();
    }

    private static void awaitIngested() {
        try (var lms = new Lms()) {
            lms.awaitIngested();
        }
    }

    private static double percent(long learner) {
        var username = Traffic.username(learner);
        return Api.as(username).get(COURSE + DemoCourse.KEY + "/?username=" + username)
                .then().statusCode(200).extract().jsonPath().getDouble("results[0].completion.percent");
    }

    private static double expectedPercent(long learner) {
        var facts = new HashMap<String, Double>();
        Database.rows("""
                SELECT b.block_key AS block, f.completion AS completion
                  FROM block_completion f JOIN block b ON b.id = f.block_id JOIN course c ON c.id = f.course_id
                 WHERE c.course_key = ? AND f.learner_id = ?""", DemoCourse.KEY.value(), learner)
                .forEach(row -> facts.put((String) row.get("block"), (Double) row.get("completion")));
        var structure = DemoCourse.upload().structure();
        DemoCourse.completable().forEach(block -> facts.putIfAbsent(block.value(), 0.0));
        var everything = new HashMap<>(facts);
        everything.replaceAll((block, completion) -> 1.0);
        return sum(structure, structure.root(), facts) / sum(structure, structure.root(), everything);
    }

    private static double sum(CourseStructure structure, UsageKey key, Map<String, Double> leaves) {
        var block = structure.blocks().get(key);
        return switch (block.completionMode().orElseThrow()) {
            case COMPLETABLE -> leaves.get(key.value());
            case EXCLUDED -> 0;
            case AGGREGATOR -> block.children().stream().mapToDouble(child -> sum(structure, child, leaves)).sum();
        };
    }
}
