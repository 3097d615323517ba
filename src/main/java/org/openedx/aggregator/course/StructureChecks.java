package org.openedx.aggregator.course;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.key.CourseKey;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

/** When each stored structure was last seen to be the LMS's. Times are the database's. */
@ApplicationScoped
public class StructureChecks {

    // Those never checked come first; a course that is to be fetched is checked by that. Courses that were fetched together,
    // as after an upgrade of the site, drift apart.
    private static final String OLDEST = """
            SELECT c.id, c.course_key, k.published_version
              FROM course c
              LEFT JOIN structure_check k ON k.course_id = c.id
              LEFT JOIN structure_request r ON r.course_id = c.id
             WHERE c.structure_id IS NOT NULL AND r.course_id IS NULL
               AND (k.checked_at IS NULL
                    OR k.checked_at <= UTC_TIMESTAMP(6) - INTERVAL ? * (0.8 + (c.id % 101) / 500) MICROSECOND)
             ORDER BY k.checked_at LIMIT ?""";

    private static final String CONFIRM = "UPDATE structure_check SET checked_at = UTC_TIMESTAMP(6) WHERE course_id = ?";

    // A structure that was brought by hand is as old as that.
    private static final String FRESHNESS = """
            SELECT COALESCE(MAX(TIMESTAMPDIFF(MICROSECOND, COALESCE(k.checked_at, s.created), UTC_TIMESTAMP(6))), 0),
                   (SELECT COUNT(*) FROM structure_request WHERE attempts = 0),
                   (SELECT COUNT(*) FROM structure_request WHERE attempts > 0 AND NOT missing),
                   (SELECT COUNT(*) FROM structure_request WHERE missing)
              FROM course c
              JOIN course_structure s ON s.id = c.structure_id
              LEFT JOIN structure_check k ON k.course_id = c.id""";

    private final Pool pool;

    StructureChecks(Pool pool) {
        this.pool = pool;
    }

    /** A course to be compared, and what the LMS called the version that was fetched last. */
    public record Known(int courseId, CourseKey course, Optional<String> publishedVersion) {
    }

    /**
     * How fresh what we know is.
     *
     * @param oldest the longest time since a stored structure was seen to be the LMS's
     * @param waiting courses to be fetched
     * @param failing courses whose last fetch failed
     * @param missing courses the LMS does not know
     */
    public record Freshness(Duration oldest, long waiting, long failing, long missing) {
    }

    /**
     * The courses with a structure whose last check is longest ago, at least {@code age} or a little less; none that is to
     * be fetched.
     */
    public Uni<List<Known>> oldest(Duration age, int limit) {
        return pool.preparedQuery(OLDEST)
                .execute(Tuple.of(StructureRequests.micros(age), limit))
                .map(StructureChecks::known);
    }

    /** The LMS still calls a course's structure what it called it when that was fetched. */
    public Uni<Void> confirm(int courseId) {
        return pool.preparedQuery(CONFIRM)
                .execute(Tuple.of(courseId))
                .replaceWithVoid();
    }

    public Uni<Freshness> freshness() {
        return pool.query(FRESHNESS)
                .execute()
                .map(rows -> rows.iterator().next())
                .map(row -> new Freshness(Duration.ofNanos(row.getLong(0) * 1000), row.getLong(1), row.getLong(2),
                        row.getLong(3)));
    }

    private static List<Known> known(RowSet<Row> rows) {
        var known = new ArrayList<Known>(rows.size());
        for (Row row : rows) {
            known.add(new Known(row.getInteger(0), CourseKey.parse(row.getString(1)), Optional.ofNullable(row.getString(2))));
        }
        return known;
    }
}
