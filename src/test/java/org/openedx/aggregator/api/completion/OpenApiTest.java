package org.openedx.aggregator.api.completion;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Api;
import org.openedx.aggregator.support.Lms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class OpenApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COURSE = "course-v1:DemoX+CS101+2026";
    private static final String STRUCTURE = """
            {"root": "block-v1:DemoX+CS101+2026+type@course+block@course", "blocks": {
              "block-v1:DemoX+CS101+2026+type@course+block@course": {"type": "course",
                "children": ["block-v1:DemoX+CS101+2026+type@chapter+block@week1"]},
              "block-v1:DemoX+CS101+2026+type@chapter+block@week1": {"type": "chapter", "children": [
                "block-v1:DemoX+CS101+2026+type@html+block@a", "block-v1:DemoX+CS101+2026+type@html+block@b"]},
              "block-v1:DemoX+CS101+2026+type@html+block@a": {"type": "html"},
              "block-v1:DemoX+CS101+2026+type@html+block@b": {"type": "html"}}}""";

    @Test
    void the_example_of_a_page_is_what_the_service_answers() throws Exception {
        // Given
        Api.asStaff().contentType("application/json").body(STRUCTURE)
                .put("/completion-aggregator/v1/structure/" + COURSE + "/").then().statusCode(200);
        try (var lms = new Lms()) {
            lms.enroll(910_001, "example", COURSE);
            lms.complete(910_001, COURSE, "block-v1:DemoX+CS101+2026+type@html+block@a", 1.0, "2026-05-04T12:00:00Z");
            lms.complete(910_001, COURSE, "block-v1:DemoX+CS101+2026+type@html+block@b", 0.5, "2026-05-04T12:00:00Z");
            lms.awaitIngested();
        }

        // When
        var answer = Api.as("example").get("/completion-aggregator/v1/course/" + COURSE
                + "/?username=example&requested_fields=chapter").asString();

        // Then
        assertThat(JSON.readTree(answer)).isEqualTo(JSON.readTree(documentedExample()));
    }

    @Test
    void every_path_of_the_api_is_described() throws Exception {
        // When
        var paths = description().get("paths");

        // Then
        assertThat(paths.fieldNames()).toIterable().contains(
                "/completion-aggregator/v0/course",
                "/completion-aggregator/v0/course/{course_key}",
                "/completion-aggregator/v0/course/{course_key}/blocks/{block_key}",
                "/completion-aggregator/v1/course",
                "/completion-aggregator/v1/course/{course_key}",
                "/completion-aggregator/v1/reaggregate",
                "/completion-aggregator/v1/reports",
                "/completion-aggregator/v1/stats/{course_key}",
                "/completion-aggregator/v1/structure/{course_key}");
    }

    private static String documentedExample() throws Exception {
        return description()
                .at("/components/responses/CompletionPage/content/application~1json/examples/page/value")
                .toString();
    }

    private static JsonNode description() throws Exception {
        return JSON.readTree(given().get("/q/openapi?format=json").asString());
    }
}
