package org.openedx.aggregator.stale;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.learner.Stretch;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** How marks are set. */
final class MarkTable {

    private static final int ROWS_PER_STATEMENT = 1000;

    private static final String MARK = """
            INSERT INTO stale_completion (course_id, learner_id, generation, marked_at, due_at) VALUES %s
            ON DUPLICATE KEY UPDATE generation = generation + 1""";

    // A new course version or an operator's wish is a reason to try parked enrolments at once, and to overtake who is
    // still working on the old version.
    private static final String MARK_ACTIVE = """
            INSERT INTO stale_completion (course_id, learner_id, generation, marked_at, due_at)
            SELECT course_id, learner_id, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM enrollment WHERE active AND course_id = %d%s
            ON DUPLICATE KEY UPDATE generation = stale_completion.generation + 1, due_at = stale_completion.marked_at,
              claim = NULL, attempts = 0, reason = NULL""";

    private static final String COUNT_ACTIVE = "SELECT COUNT(*) FROM enrollment WHERE active AND course_id = %d";

    private MarkTable() {
    }

    static Uni<Void> mark(SqlConnection transaction, Collection<Enrollment> enrollments) {
        return Multi.createFrom()
                .iterable(markStatements(enrollments))
                .onItem()
                .transformToUniAndConcatenate(sql -> transaction.query(sql).execute())
                .onItem()
                .ignoreAsUni();
    }

    static Uni<Long> markCourse(SqlConnection transaction, int courseId) {
        return transaction.query(MARK_ACTIVE.formatted(courseId, ""))
                .execute()
                .chain(() -> transaction.query(COUNT_ACTIVE.formatted(courseId)).execute())
                .map(rows -> rows.iterator().next().getLong(0));
    }

    static Uni<Void> markStretch(SqlConnection transaction, Stretch stretch) {
        var among = " AND learner_id BETWEEN %d AND %d".formatted(stretch.first(), stretch.last());
        return transaction.query(MARK_ACTIVE.formatted(stretch.courseId(), among))
                .execute()
                .replaceWithVoid();
    }

    private static List<String> markStatements(Collection<Enrollment> enrollments) {
        var rows = enrollments.stream()
                .distinct()
                .sorted()
                .map(it -> "(" + it.courseId() + "," + it.learnerId() + ",1,UTC_TIMESTAMP(6),UTC_TIMESTAMP(6))")
                .toList();
        var statements = new ArrayList<String>();
        for (int from = 0; from < rows.size(); from += ROWS_PER_STATEMENT) {
            var chunk = rows.subList(from, Math.min(rows.size(), from + ROWS_PER_STATEMENT));
            statements.add(MARK.formatted(String.join(",", chunk)));
        }
        return statements;
    }
}
