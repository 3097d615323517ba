package org.openedx.aggregator.support;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.openedx.aggregator.dev.EmbeddedServices;

/** Looks into the service's database behind its back. */
public final class Database {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Database() {
    }

    public static List<Map<String, Object>> rows(String sql, Object... parameters) {
        return sql().rows(sql, parameters);
    }

    public static long number(String sql, Object... parameters) {
        return sql().number(sql, parameters);
    }

    /** Waits until no enrolment of a course is marked stale. */
    public static void awaitAggregated(String course) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> {
                    long marks = number("""
                            SELECT COUNT(*) FROM stale_completion s JOIN course c ON c.id = s.course_id
                             WHERE c.course_key = ?""", course);
                    if (marks > 0) {
                        throw new AssertionError(marks + " enrolments are still stale");
                    }
                });
    }

    public static Sql sql() {
        var services = EmbeddedServices.start();
        return new Sql(services.jdbcUrl(), services.user(), services.password());
    }
}
