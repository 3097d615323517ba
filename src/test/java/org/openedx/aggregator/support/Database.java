package org.openedx.aggregator.support;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
        try (var connection = connect();
                var statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < parameters.length; index++) {
                statement.setObject(index + 1, parameters[index]);
            }
            return statement.execute() ? rows(statement.getResultSet()) : List.of();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    public static long number(String sql, Object... parameters) {
        return ((Number) rows(sql, parameters).get(0).values().iterator().next()).longValue();
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

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(EmbeddedServices.start().jdbcUrl(), EmbeddedServices.start().user(),
                EmbeddedServices.start().password());
    }

    private static List<Map<String, Object>> rows(ResultSet results) throws SQLException {
        var rows = new ArrayList<Map<String, Object>>();
        while (results.next()) {
            var row = new LinkedHashMap<String, Object>();
            for (int column = 1; column <= results.getMetaData().getColumnCount(); column++) {
                row.put(results.getMetaData().getColumnLabel(column), results.getObject(column));
            }
            rows.add(row);
        }
        return rows;
    }
}
