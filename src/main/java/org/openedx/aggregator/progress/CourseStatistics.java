package org.openedx.aggregator.progress;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.key.CourseKey;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

/** Means over the learners of a course. Who has no result yet has earned nothing. */
@ApplicationScoped
public class CourseStatistics {

    private static final String IN_COURSE = """
             FROM enrollment e
             JOIN course c ON c.id = e.course_id
             LEFT JOIN progress p ON p.course_id = e.course_id AND p.learner_id = e.learner_id
            WHERE e.active
            """;

    private static final String IN_COHORT = """
             AND EXISTS (SELECT 1 FROM cohort_member m
                          WHERE m.course_id = e.course_id AND m.learner_id = e.learner_id
                            AND (m.cohort_id = ? OR m.cohort_id IS NULL AND m.cohort_name =
                                 (SELECT k.name FROM cohort k WHERE k.id = ? AND k.course_id = e.course_id AND k.present)))
            """;

    private final Pool pool;

    CourseStatistics(Pool pool) {
        this.pool = pool;
    }

    /** Mean values over some learners; all 0.0 over none. */
    public record Mean(double earned, double possible, double percent) {
    }

    /** The mean over active enrolments, of one cohort if given, without those who have one of the given roles. */
    public Uni<Mean> mean(CourseKey course, OptionalLong cohort, List<String> excludedRoles) {
        var parameters = Tuple.tuple().addString(course.value());
        var sql = new StringBuilder("SELECT COUNT(*), SUM(p.earned), AVG(p.possible), SUM(p.percent)")
                .append(IN_COURSE)
                .append(" AND c.course_key = ?");
        if (cohort.isPresent()) {
            sql.append(IN_COHORT);
            parameters.addLong(cohort.getAsLong()).addLong(cohort.getAsLong());
        }
        if (!excludedRoles.isEmpty()) {
            sql.append(LearnerSelection.withoutRoles(excludedRoles));
            excludedRoles.forEach(parameters::addString);
        }
        return pool.preparedQuery(sql.toString())
                .execute(parameters)
                .map(rows -> mean(rows.iterator().next()));
    }

    /** The mean percent of each course, over active enrolments of people without a role in it. */
    public Uni<Map<String, Double>> meanPercent(Collection<String> courseKeys) {
        if (courseKeys.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        var sql = "SELECT c.course_key, SUM(p.percent) / COUNT(*)" + IN_COURSE
                + LearnerSelection.WITHOUT_ROLE.formatted("")
                + " AND c.course_key IN (" + marks(courseKeys.size()) + ") GROUP BY c.course_key";
        return pool.preparedQuery(sql)
                .execute(Tuple.tuple(List.copyOf(courseKeys)))
                .map(CourseStatistics::percentByCourse);
    }

    private static Mean mean(Row row) {
        long count = row.getLong(0);
        if (count == 0 || row.getDouble(1) == null) {
            return new Mean(0.0, 0.0, 0.0);
        }
        return new Mean(row.getDouble(1) / count, row.getDouble(2), row.getDouble(3) / count);
    }

    private static Map<String, Double> percentByCourse(RowSet<Row> rows) {
        var means = new HashMap<String, Double>();
        for (Row row : rows) {
            var mean = row.getDouble(1);
            means.put(row.getString(0), mean == null ? 0.0 : mean);
        }
        return means;
    }

    private static String marks(int count) {
        return String.join(",", Collections.nCopies(count, "?"));
    }
}
