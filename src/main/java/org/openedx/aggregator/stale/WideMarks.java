package org.openedx.aggregator.stale;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Marks of many enrolments at once. Some of them may be in the making, in a transaction that nobody sees yet; so they are
 * looked up twice: when the mark is set, and again when it is claimed.
 */
final class WideMarks {

    private static final String MARK = """
            INSERT INTO stale_completion (course_id, learner_id, generation, marked_at, due_at)
            SELECT e.course_id, e.learner_id, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM enrollment e
            %s
            ON DUPLICATE KEY UPDATE generation = stale_completion.generation + 1""";

    private static final String OF_LEARNERS = MARK.formatted("WHERE e.active AND e.learner_id IN (%s)");

    private static final String OF_MEMBERS = MARK.formatted("""
            JOIN cohort_member m ON m.course_id = e.course_id AND m.learner_id = e.learner_id
            WHERE e.active AND m.cohort_id IN (%s)""");

    // Whoever is known by a name only: the cohort may have had that name until now.
    private static final String OF_NAMED_MEMBERS = MARK.formatted("""
            JOIN cohort_member m ON m.course_id = e.course_id AND m.learner_id = e.learner_id
            JOIN cohort c ON c.course_id = m.course_id
            WHERE e.active AND m.cohort_id IS NULL AND m.cohort_name IS NOT NULL AND c.id IN (%s)""");

    private WideMarks() {
    }

    /** Marks the active enrolments that can be seen now. */
    static Uni<Void> expand(SqlConnection transaction, Collection<WideMark> marks) {
        return Multi.createFrom()
                .iterable(statements(marks))
                .onItem()
                .transformToUniAndConcatenate(sql -> transaction.query(sql).execute())
                .onItem()
                .ignoreAsUni();
    }

    private static List<String> statements(Collection<WideMark> marks) {
        var learners = list(marks.stream().mapToLong(WideMark::learnerOrCohort).filter(id -> id > 0).sorted().boxed());
        var cohorts = list(marks.stream().mapToLong(mark -> -mark.learnerOrCohort()).filter(id -> id > 0).sorted().boxed());
        var statements = new ArrayList<String>();
        if (!learners.isEmpty()) {
            statements.add(OF_LEARNERS.formatted(learners));
        }
        if (!cohorts.isEmpty()) {
            statements.add(OF_MEMBERS.formatted(cohorts));
            statements.add(OF_NAMED_MEMBERS.formatted(cohorts));
        }
        return statements;
    }

    private static String list(Stream<Long> ids) {
        return String.join(",", ids.map(String::valueOf).toList());
    }
}
