package org.openedx.aggregator.support;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plain statements on one database, each on a connection of its own. */
public record Sql(String jdbcUrl, String user, String password) {

    public List<Map<String, Object>> rows(String sql, Object... parameters) {
        try (var connection = DriverManager.getConnection(untraced(), user, password);
                var statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < parameters.length; index++) {
                statement.setObject(index + 1, parameters[index]);
            }
            return statement.execute() ? rows(statement.getResultSet()) : List.of();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    // The driver's own traces do not find their way through the class loaders of tests.
    private String untraced() {
        return jdbcUrl.contains("?") ? jdbcUrl : jdbcUrl + "?openTelemetry=DISABLED";
    }

    /** The first column of the first row. */
    public long number(String sql, Object... parameters) {
        return ((Number) rows(sql, parameters).get(0).values().iterator().next()).longValue();
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
