package org.openedx.aggregator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A replica that was frozen past its lease wakes with results in its hands that are not true any more. */
class FrozenReplicaDrill {

    private static final List<Long> LEARNERS = LongStream.rangeClosed(1, 300).boxed().toList();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    // All in one batch, in one pair of hands.
    private static final Map<String, String> SETTINGS = Map.of(
            "aggregator.stale.lease", "3s",
            "aggregator.aggregation.batch-size", "1000",
            "aggregator.aggregation.parallelism", "1",
            "mp.messaging.incoming.events.session.timeout.ms", "6000",
            "mp.messaging.incoming.events.heartbeat.interval.ms", "1000");

    private static final String RESULTS = "SELECT * FROM progress ORDER BY learner_id";
    private static final String CLAIMS = "SELECT COUNT(*) FROM stale_completion WHERE claim IS NOT NULL";
    private static final String WAITING = """
            SELECT COUNT(*) FROM information_schema.processlist
             WHERE state = 'Waiting for table metadata lock' AND info LIKE '%block_completion%'""";

    private final GroupCourse course = GroupCourse.of("Frozen", false);
    private final Report report = new Report("A replica that is frozen with a batch in its hands", Seed.ofThisRun());

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void what_was_computed_since_stays() throws SQLException {
        try (var ground = new Ground("frozen", SETTINGS);
                var sleeper = ground.replica("sleeper");
                var other = ground.replica("other")) {
            // Given
            sleeper.start().awaitUp();
            assertThat(sleeper.publish(course)).isTrue();
            LEARNERS.forEach(learner -> ground.lms().enroll(learner, Story.username(learner), course.key()));
            complete(ground, 0);
            other.start().awaitUp().freeze();
            freezeBetweenReadingAndStoring(ground, sleeper);

            // When
            other.letGo();
            complete(ground, 1);
            var newest = ground.sql().rows(RESULTS);
            double before = sleeper.aggregated();
            sleeper.letGo();
            Patience.until("the sleeper has ended its batch", PATIENCE, () -> sleeper.aggregated() > before);

            // Then
            assertThat(newest).hasSameSizeAs(LEARNERS).allSatisfy(row -> assertThat(row.get("earned")).isEqualTo(2.0));
            assertThat(ground.sql().rows(RESULTS)).isEqualTo(newest);
            report.line("records taken in again, marks left", ground.lms().lag() + ", " + ground.marks());
            Patience.until("nothing is left to do", PATIENCE, ground::isIdle);
            var results = ground.sql().rows(RESULTS);
            report.line("results that were overwritten", results.stream().filter(row -> !newest.contains(row)).count());
            assertThat(results).isEqualTo(newest);
        } finally {
            report.write();
        }
    }

    private void complete(Ground ground, int leaf) {
        LEARNERS.forEach(learner -> ground.lms().complete(learner, course.key(), course.leaves().get(leaf), 1.0,
                "2026-01-01T00:00:00Z"));
        ground.lms().flush();
        Patience.until("all is aggregated", PATIENCE, () -> ground.isIdle() && earned(ground) == LEARNERS.size() * (leaf + 1));
    }

    private static long earned(Ground ground) {
        return ground.sql().number("SELECT COALESCE(SUM(earned), 0) FROM progress");
    }

    // The facts of the batch are read while nobody may read them: the answer comes when who asked for it is asleep.
    private static void freezeBetweenReadingAndStoring(Ground ground, Replica sleeper) throws SQLException {
        var sql = ground.sql();
        try (var connection = DriverManager.getConnection(sql.jdbcUrl(), sql.user(), sql.password());
                var lock = connection.createStatement()) {
            lock.execute("LOCK TABLES block_completion WRITE");
            sql.rows("DELETE FROM progress");
            sql.rows("""
                    INSERT INTO stale_completion (course_id, learner_id, generation, marked_at, due_at)
                    SELECT course_id, learner_id, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM enrollment""");
            Patience.until("the facts are asked for", PATIENCE, Duration.ofMillis(5), () -> sql.number(WAITING) > 0);
            sleeper.freeze();
        }
        assertThat(sql.number(CLAIMS)).isEqualTo(LEARNERS.size());
    }
}
