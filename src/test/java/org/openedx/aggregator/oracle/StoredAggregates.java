package org.openedx.aggregator.oracle;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.openedx.aggregator.support.Sql;

/** What the service says, as reports see it: the view of the reference's table. */
public final class StoredAggregates {

    private static final String ROWS = """
            SELECT user_id, block_key, aggregation_name, earned, possible, percent, CAST(last_modified AS CHAR) AS at
              FROM completion_aggregator_aggregator WHERE course_key = ?""";

    private StoredAggregates() {
    }

    /** The rows of each learner in a course who has any. */
    public static Map<Long, List<Expected>> of(Sql sql, String course) {
        return sql.rows(ROWS, course).stream()
                .collect(Collectors.groupingBy(row -> (Long) row.get("user_id"),
                        Collectors.mapping(StoredAggregates::row, Collectors.toList())));
    }

    private static Expected row(Map<String, Object> row) {
        return new Expected((String) row.get("block_key"), (String) row.get("aggregation_name"), (Double) row.get("earned"),
                (Double) row.get("possible"), (Double) row.get("percent"),
                Instant.parse(((String) row.get("at")).replace(' ', 'T') + "Z"));
    }
}
