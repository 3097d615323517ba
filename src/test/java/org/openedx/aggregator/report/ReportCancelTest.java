package org.openedx.aggregator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.api.Caller;
import org.openedx.aggregator.api.SampleCourse;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Tasks;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(ReportCancelTest.Slowly.class)
class ReportCancelTest {

    private static final Path FILES = Path.of("target", "cancelled-reports");
    private static final int LEARNERS = 4900;

    /** Learner by learner, so that there is time to cancel. */
    public static final class Slowly implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("aggregator.artifact.directory", FILES.toString(),
                    "aggregator.report.page-size", "1",
                    "aggregator.task.progress-every", "200ms");
        }
    }

    @Test
    void a_report_that_is_cancelled_half_way_leaves_no_artifact_and_no_file() {
        // Given
        var course = SampleCourse.unknown().publish();
        enrollMany(course);
        var location = Caller.asStaff().contentType("application/json").body(Map.of("course_keys", List.of(course.key)))
                .post("/completion-aggregator/v1/reports/").then().statusCode(202).extract().header("Location");
        var path = location.replaceFirst("^https?://[^/]+", "");
        await(() -> steps(path) > 0 && unfinished() == 1);

        // When
        Caller.asStaff().post(path + "cancel/").then().statusCode(200);
        await(() -> unfinished() == 0);

        // Then
        var task = Tasks.awaitEnd(location);
        assertThat(task.getString("state")).isEqualTo("Canceled");
        assertThat(task.getInt("completed_steps")).isPositive().isLessThan(LEARNERS);
        assertThat(task.getList("artifacts")).isEmpty();
        assertThat(files()).isZero();
    }

    private static int steps(String path) {
        return Caller.asStaff().get(path).then().extract().jsonPath().getInt("completed_steps");
    }

    private static void await(Callable<Boolean> reached) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50)).until(reached);
    }

    private static long unfinished() throws IOException {
        return count(FILES.resolve(".uploads"));
    }

    private static long files() {
        try {
            return count(FILES);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long count(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return 0;
        }
        try (var found = Files.walk(directory)) {
            return found.filter(Files::isRegularFile).count();
        }
    }

    private static void enrollMany(SampleCourse course) {
        var numbers = "WITH RECURSIVE s AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM s WHERE n < 70)"
                + " SELECT ? + 70 * (a.n - 1) + b.n";
        long first = 8_400_000_000L + course.learnerId * 10;
        Database.rows("INSERT INTO learner (id, username, named_at) " + numbers
                + ", CONCAT(?, 70 * (a.n - 1) + b.n), 1 FROM s a JOIN s b", first, course.learner + ".");
        Database.rows("INSERT INTO enrollment SELECT c.id, l.id, TRUE, 'audit', 1 FROM course c JOIN learner l"
                + " WHERE c.course_key = ? AND l.id > ? AND l.id <= ?", course.key, first, first + LEARNERS);
    }
}
