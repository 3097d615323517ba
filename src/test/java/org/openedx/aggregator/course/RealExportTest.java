package org.openedx.aggregator.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Api;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;

/** A real course, from its export to the learner who has completed all of it. */
@QuarkusTest
class RealExportTest {

    private static final Path EXPORT = Path.of("../shared/data/demo-course.tar.gz");
    private static final Set<String> AGGREGATORS = Set.of("course", "chapter", "sequential", "vertical", "library_content");
    private static final String COURSE = "course-v1:OpenedX+DemoX+DemoCourse";
    private static final long LEARNER = 900_001;

    @Test
    void a_learner_who_completes_every_block_is_everywhere_at_one() throws IOException {
        // Given
        Assumptions.assumeTrue(Files.isReadable(EXPORT), "No export at " + EXPORT);
        upload();
        var structure = Api.asStaff().get("/completion-aggregator/v1/structure/" + COURSE + "/").jsonPath();

        // When
        try (var lms = new Lms()) {
            lms.enroll(LEARNER, "diligent", COURSE);
            leaves(structure).forEach(block -> lms.complete(LEARNER, COURSE, block, 1.0, "2026-05-04T12:00:00Z"));
            lms.awaitIngested();
        }
        Database.awaitAggregated(COURSE);

        // Then
        var stored = Database.rows("SELECT percent FROM completion_aggregator_aggregator WHERE user_id = ?", LEARNER);
        assertThat(stored).hasSize(1 + 6 + 17 + 58).allSatisfy(row -> assertThat(row).containsValue(1.0));
        var shown = Api.as("diligent").get("/completion-aggregator/v1/course/" + COURSE
                + "/?username=diligent&requested_fields=chapter,sequential,vertical").jsonPath();
        assertThat(shown.getDouble("results[0].completion.earned"))
                .isEqualTo(shown.getDouble("results[0].completion.possible"))
                .isGreaterThan(100.0);
        for (var type : List.of("chapter", "sequential", "vertical")) {
            assertThat(shown.<Number> getList("results[0]." + type + ".completion.percent"))
                    .isNotEmpty()
                    .allSatisfy(percent -> assertThat(percent.doubleValue()).isEqualTo(1.0));
        }
    }

    private static void upload() throws IOException {
        var answer = put(COURSE).then().statusCode(200).extract().jsonPath();
        assertThat(answer.getInt("types.chapter")).isEqualTo(6);
        assertThat(answer.getInt("types.sequential")).isEqualTo(17);
        assertThat(answer.getInt("types.vertical")).isEqualTo(58);
        assertThat(answer.getInt("modes.excluded")).isPositive();
    }

    @Test
    void an_export_of_another_course_is_refused() throws IOException {
        // Given
        Assumptions.assumeTrue(Files.isReadable(EXPORT), "No export at " + EXPORT);

        // When
        var answer = put("course-v1:Any+Other+Course");

        // Then
        answer.then().statusCode(400);
        assertThat(answer.jsonPath().getString("detail")).contains(COURSE);
    }

    private static Response put(String course) throws IOException {
        return Api.asStaff()
                .contentType("application/gzip")
                .body(Files.readAllBytes(EXPORT))
                .put("/completion-aggregator/v1/structure/" + course + "/");
    }

    private static List<String> leaves(JsonPath structure) {
        return structure.<String, Map<String, Object>> getMap("blocks").entrySet().stream()
                .filter(block -> !AGGREGATORS.contains(block.getValue().get("type")))
                .map(Map.Entry::getKey)
                .toList();
    }
}
