package org.openedx.aggregator.stale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.transaction.Transactions;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * The one door to the marks. Times are the database's: replicas need not agree on the hour to share the work.
 *
 * <p>
 * A claim is a random number written into each mark it takes. Only who finds its own number there may write a result,
 * so a worker that was frozen past its lease can no longer overwrite what another has done since.
 */
@ApplicationScoped
public class StaleLedger {

    private static final int ROWS_PER_STATEMENT = 1000;

    private static final String MARK = """
            INSERT INTO stale_completion (course_id, learner_id, generation, marked_at, due_at) VALUES %s
            ON DUPLICATE KEY UPDATE generation = generation + 1""";

    // A new course version or an operator's wish is a reason to try parked enrolments at once, and to overtake who is
    // still working on the old version.
    private static final String MARK_ACTIVE = """
            INSERT INTO stale_completion (course_id, learner_id, generation, marked_at, due_at)
            SELECT course_id, learner_id, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM enrollment WHERE active AND course_id = %d
            ON DUPLICATE KEY UPDATE generation = stale_completion.generation + 1, due_at = stale_completion.marked_at,
              claim = NULL, attempts = 0, reason = NULL""";

    private static final String COUNT_ACTIVE = "SELECT COUNT(*) FROM enrollment WHERE active AND course_id = %d";

    private static final String DUE = """
            SELECT course_id, learner_id FROM stale_completion WHERE due_at <= UTC_TIMESTAMP(6)
             ORDER BY due_at LIMIT %d FOR UPDATE SKIP LOCKED""";

    private static final String CLAIM = """
            UPDATE stale_completion SET claim = %d, claimed_generation = generation,
                   due_at = UTC_TIMESTAMP(6) + INTERVAL %d MICROSECOND WHERE %s""";

    private static final String HELD = """
            SELECT course_id, learner_id FROM stale_completion WHERE claim = %d AND %s FOR UPDATE""";

    private static final String RESOLVE = """
            DELETE FROM stale_completion WHERE claim = %d AND generation = claimed_generation AND %s""";

    private static final String RELEASE = """
            UPDATE stale_completion SET claim = NULL, due_at = marked_at, attempts = 0, reason = NULL
             WHERE claim = %d AND %s""";

    private static final String PARK = """
            UPDATE stale_completion SET attempts = attempts + 1, reason = ?, claim = NULL,
                   due_at = UTC_TIMESTAMP(6) + INTERVAL LEAST(? * POW(2, LEAST(attempts - 1, 30)), ?) MICROSECOND
             WHERE claim = ? AND course_id = ? AND learner_id = ?""";

    private static final String BACKLOG = """
            SELECT COUNT(*), COALESCE(SUM(attempts > 0), 0),
                   COALESCE(TIMESTAMPDIFF(MICROSECOND, MIN(IF(attempts > 0, NULL, marked_at)), UTC_TIMESTAMP(6)), 0)
              FROM stale_completion""";

    private final Pool pool;
    private final Transactions transactions;
    private final StaleConfig config;

    StaleLedger(Pool pool, Transactions transactions, StaleConfig config) {
        this.pool = pool;
        this.transactions = transactions;
        this.config = config;
    }

    /** Marks enrolments stale in the transaction that changed what they depend on. */
    public Uni<Void> mark(SqlConnection transaction, Collection<Enrollment> enrollments) {
        return Multi.createFrom()
                .iterable(markStatements(enrollments))
                .onItem()
                .transformToUniAndConcatenate(sql -> transaction.query(sql).execute())
                .onItem()
                .ignoreAsUni();
    }

    /** Marks all active enrolments of a course stale, parked and claimed ones included; answers how many they are. */
    public Uni<Long> markCourse(SqlConnection transaction, int courseId) {
        return transaction.query(MARK_ACTIVE.formatted(courseId))
                .execute()
                .chain(() -> transaction.query(COUNT_ACTIVE.formatted(courseId)).execute())
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** Takes up to {@code size} due marks, oldest first, none skipped but those another worker is taking right now. */
    public Uni<StaleBatch> claim(int size) {
        long claim = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        return transactions.run(transaction -> claim(transaction, claim, size));
    }

    /** Which of a batch are still this claim's, locked until the transaction ends. */
    public Uni<Set<Enrollment>> held(SqlConnection transaction, StaleBatch batch) {
        return transaction.query(HELD.formatted(batch.claim(), Enrollment.condition(batch.enrollments())))
                .execute()
                .map(StaleLedger::enrollments)
                .map(HashSet::new);
    }

    /** Removes the marks of a batch; one that was raised since it was claimed stays, due at once. */
    public Uni<Void> resolve(SqlConnection transaction, StaleBatch batch) {
        return transaction.query(RESOLVE.formatted(batch.claim(), Enrollment.condition(batch.enrollments())))
                .execute()
                .chain(() -> release(transaction, batch));
    }

    /** Hands the marks of a batch back, due at once. */
    public Uni<Void> release(SqlConnection transaction, StaleBatch batch) {
        return transaction.query(RELEASE.formatted(batch.claim(), Enrollment.condition(batch.enrollments())))
                .execute()
                .replaceWithVoid();
    }

    /** Puts one enrolment aside with the reason, to be tried again later. */
    public Uni<Void> park(StaleBatch one, Throwable failure) {
        var enrollment = one.enrollments().get(0);
        return pool.preparedQuery(PARK)
                .execute(Tuple.of(reason(failure), micros(config.retryAfter()), micros(config.longestRetry()))
                        .addLong(one.claim())
                        .addInteger(enrollment.courseId())
                        .addLong(enrollment.learnerId()))
                .replaceWithVoid();
    }

    public Uni<StaleBacklog> backlog() {
        return pool.query(BACKLOG)
                .execute()
                .map(rows -> rows.iterator().next())
                .map(row -> new StaleBacklog(row.getLong(0), row.getLong(1), Duration.ofNanos(row.getLong(2) * 1000)));
    }

    private Uni<StaleBatch> claim(SqlConnection transaction, long claim, int size) {
        return transaction.query(DUE.formatted(size))
                .execute()
                .map(StaleLedger::enrollments)
                .map(due -> new StaleBatch(claim, due))
                .call(batch -> take(transaction, batch));
    }

    private Uni<Void> take(SqlConnection transaction, StaleBatch batch) {
        if (batch.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var condition = Enrollment.condition(batch.enrollments());
        return transaction.query(CLAIM.formatted(batch.claim(), micros(config.lease()), condition))
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

    private static List<Enrollment> enrollments(RowSet<Row> rows) {
        var enrollments = new ArrayList<Enrollment>(rows.size());
        for (Row row : rows) {
            enrollments.add(new Enrollment(row.getInteger(0), row.getLong(1)));
        }
        return enrollments;
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    private static String reason(Throwable failure) {
        var text = failure.toString();
        return text.substring(0, Math.min(text.length(), 1000));
    }
}
