package org.openedx.aggregator.stale;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.transaction.Transactions;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * The marks that could not be worked off, with the reasons. They are found by a table of their own, which names every one
 * of them and some that are parked no longer.
 */
@ApplicationScoped
public class ParkedEnrollments {

    private static final String NOTE = "INSERT IGNORE INTO parked_completion (course_id, learner_id) VALUES (%d, %d)";

    private static final String PARKED = """
             FROM parked_completion p
             JOIN stale_completion s ON s.course_id = p.course_id AND s.learner_id = p.learner_id AND s.attempts > 0
            """;

    private static final String COUNT = "SELECT COUNT(*)" + PARKED;

    private static final String PAGE = """
            SELECT c.course_key, s.learner_id, s.marked_at, s.due_at, s.attempts, s.reason
            """ + PARKED + """
             LEFT JOIN course c ON c.id = s.course_id
            ORDER BY p.course_id, p.learner_id LIMIT ? OFFSET ?""";

    private static final String COURSES = "SELECT DISTINCT course_id FROM parked_completion ORDER BY course_id";

    // One that is just being tried is left to who tries it.
    private static final String RETRY = """
            UPDATE stale_completion s
              JOIN parked_completion p ON p.course_id = s.course_id AND p.learner_id = s.learner_id
               SET s.due_at = s.marked_at, s.attempts = 0, s.reason = NULL
             WHERE p.course_id = %d AND s.attempts > 0 AND s.claim IS NULL""";

    private static final String FORGET = """
            DELETE p FROM parked_completion p
              LEFT JOIN stale_completion s ON s.course_id = p.course_id AND s.learner_id = p.learner_id
             WHERE s.attempts IS NULL OR s.attempts = 0""";

    private final Pool pool;
    private final Transactions transactions;

    ParkedEnrollments(Pool pool, Transactions transactions) {
        this.pool = pool;
        this.transactions = transactions;
    }

    /**
     * An enrolment that is put aside, or all enrolments of a learner or a cohort.
     *
     * @param course the course's key; empty if the mark stands for all enrolments of a learner or members of a cohort
     * @param learnerId the learner; the negative id of the cohort, if it is one
     * @param attempts failures in a row, at least 1
     * @param retryAt when it is tried again
     */
    public record Parked(Optional<String> course, long learnerId, Instant markedAt, Instant retryAt, int attempts,
            String reason) {
    }

    public Uni<Long> count() {
        return pool.query(COUNT)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** In the order of courses and learners. */
    public Uni<List<Parked>> page(long offset, int size) {
        return pool.preparedQuery(PAGE)
                .execute(Tuple.of(size, offset))
                .map(rows -> rows.stream().map(ParkedEnrollments::parked).toList());
    }

    /** Has those of some courses tried again at once; answers how many. */
    public Uni<Long> retry(Collection<Integer> courseIds) {
        return Multi.createFrom()
                .iterable(courseIds)
                .onItem()
                .transformToUniAndConcatenate(this::retry)
                .collect()
                .in(() -> new long[1], (sum, count) -> sum[0] += count)
                .map(sum -> sum[0]);
    }

    /** Has all of them tried again at once; answers how many. */
    public Uni<Long> retryAll() {
        return pool.query(COURSES)
                .execute()
                .map(ParkedEnrollments::ids)
                .chain(this::retry);
    }

    static Uni<Void> note(SqlClient client, StaleBatch one) {
        var enrollment = one.enrollments().get(0);
        return client.query(NOTE.formatted(enrollment.courseId(), enrollment.learnerId()))
                .execute()
                .replaceWithVoid();
    }

    /** Removes what is parked no longer. */
    Uni<Void> forgetOthers() {
        return transactions.run(transaction -> transaction.query(FORGET).execute())
                .replaceWithVoid();
    }

    // A transaction for each course, so that ingest does not wait long for the marks of any.
    private Uni<Integer> retry(int courseId) {
        return transactions.run(transaction -> retry(transaction, courseId));
    }

    private static Uni<Integer> retry(SqlConnection transaction, int courseId) {
        return transaction.query(RETRY.formatted(courseId))
                .execute()
                .map(rows -> rows.rowCount());
    }

    private static List<Integer> ids(RowSet<Row> rows) {
        return rows.stream().map(row -> row.getInteger(0)).toList();
    }

    private static Parked parked(Row row) {
        return new Parked(Optional.ofNullable(row.getString(0)), row.getLong(1), instant(row.getLocalDateTime(2)),
                instant(row.getLocalDateTime(3)), row.getInteger(4), row.getString(5));
    }

    private static Instant instant(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC);
    }
}
