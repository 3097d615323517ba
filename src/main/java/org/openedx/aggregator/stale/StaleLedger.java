package org.openedx.aggregator.stale;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.learner.Stretch;
import org.openedx.aggregator.transaction.Transactions;

import io.quarkus.logging.Log;
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

    private static final String PARK = """
            UPDATE stale_completion SET attempts = attempts + 1, reason = ?, claim = NULL,
                   due_at = UTC_TIMESTAMP(6) + INTERVAL LEAST(? * POW(2, LEAST(attempts - 1, 30)), ?) MICROSECOND
             WHERE claim = ? AND course_id = ? AND learner_id = ?""";

    private static final String BACKLOG = """
            SELECT COUNT(*), COALESCE(SUM(attempts > 0), 0),
                   COALESCE(TIMESTAMPDIFF(MICROSECOND, MIN(IF(attempts > 0, NULL, marked_at)), UTC_TIMESTAMP(6)), 0)
              FROM stale_completion""";

    private static final String WAITING = """
            SELECT COUNT(*) FROM stale_completion
             WHERE course_id = ? AND learner_id BETWEEN ? AND ? AND marked_at <= ? AND attempts = 0""";

    private static final Duration RECENT = Duration.ofSeconds(3);

    private final Pool pool;
    private final Transactions transactions;
    private final StaleConfig config;
    private final Uni<StaleBacklog> recentBacklog;

    StaleLedger(Pool pool, Transactions transactions, StaleConfig config) {
        this.pool = pool;
        this.transactions = transactions;
        this.config = config;
        this.recentBacklog = Uni.createFrom().deferred(this::backlog).memoize().forFixedDuration(RECENT);
    }

    /** Marks enrolments stale in the transaction that changed what they depend on. */
    public Uni<Void> mark(SqlConnection transaction, Collection<Enrollment> enrollments) {
        return MarkTable.mark(transaction, enrollments);
    }

    /**
     * Marks all enrolments of learners and all members of cohorts stale in the transaction that changed what they depend on,
     * also those that other transactions are just writing.
     */
    public Uni<Void> markWide(SqlConnection transaction, Collection<WideMark> marks) {
        return MarkTable.mark(transaction, marks.stream().map(WideMark::mark).toList())
                .chain(() -> WideMarks.expand(transaction, marks));
    }

    /** Marks all active enrolments of a course stale, parked and claimed ones included; answers how many they are. */
    public Uni<Long> markCourse(SqlConnection transaction, int courseId) {
        return MarkTable.markCourse(transaction, courseId);
    }

    /** The same for some enrolments of a course that follow each other. */
    public Uni<Void> markStretch(SqlConnection transaction, Stretch stretch) {
        return MarkTable.markStretch(transaction, stretch);
    }

    /** How many of these enrolments are still to be computed for marks of that time; parked ones are not among them. */
    public Uni<Long> waiting(Stretch stretch, LocalDateTime markedUntil) {
        return pool.preparedQuery(WAITING)
                .execute(Tuple.of(stretch.courseId(), stretch.first(), stretch.last(), markedUntil))
                .map(StaleLedger::number);
    }

    /** How many enrolments of a course could not be computed and are tried again later. */
    public Uni<Long> parked(int courseId) {
        return pool.preparedQuery("SELECT COUNT(*) FROM stale_completion WHERE course_id = ? AND attempts > 0")
                .execute(Tuple.of(courseId))
                .map(StaleLedger::number);
    }

    /** The time by which marks are set. */
    public Uni<LocalDateTime> now() {
        return pool.query("SELECT UTC_TIMESTAMP(6)")
                .execute()
                .map(rows -> rows.iterator().next().getLocalDateTime(0));
    }

    /** Takes up to {@code size} due marks, oldest first, none skipped but those another worker is taking right now. */
    public Uni<StaleBatch> claim(int size) {
        long claim = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        return transactions.run(transaction -> ClaimTable.claim(transaction, claim, size, config.lease()))
                .chain(this::withoutWide);
    }

    /** Which of a batch are still this claim's, locked until the transaction ends. */
    public Uni<Set<Enrollment>> held(SqlConnection transaction, StaleBatch batch) {
        return ClaimTable.held(transaction, batch);
    }

    /** Removes the marks of a batch; one that was raised since it was claimed stays, due at once. */
    public Uni<Void> resolve(SqlConnection transaction, StaleBatch batch) {
        return ClaimTable.resolve(transaction, batch);
    }

    /** Hands the marks of a batch back, due at once. */
    public Uni<Void> release(SqlConnection transaction, StaleBatch batch) {
        return ClaimTable.release(transaction, batch);
    }

    /** Puts one enrolment aside with the reason, to be tried again later. */
    public Uni<Void> park(StaleBatch one, Throwable failure) {
        var enrollment = one.enrollments().get(0);
        var values = Tuple.of(reason(failure), micros(config.retryAfter()), micros(config.longestRetry()))
                .addLong(one.claim())
                .addInteger(enrollment.courseId())
                .addLong(enrollment.learnerId());
        return transactions.run(transaction -> park(transaction, one, values));
    }

    private static Uni<Void> park(SqlConnection transaction, StaleBatch one, Tuple values) {
        return ParkedEnrollments.note(transaction, one)
                .chain(() -> transaction.preparedQuery(PARK).execute(values))
                .replaceWithVoid();
    }

    /** The backlog as it was at most some seconds ago: whoever asks together shares an answer. */
    public Uni<StaleBacklog> recentBacklog() {
        return recentBacklog;
    }

    public Uni<StaleBacklog> backlog() {
        return pool.query(BACKLOG)
                .execute()
                .map(rows -> rows.iterator().next())
                .map(row -> new StaleBacklog(row.getLong(0), row.getLong(1), Duration.ofNanos(row.getLong(2) * 1000)));
    }

    // Only after the claim is everything seen that was in the making when a wide mark was set.
    private Uni<StaleBatch> withoutWide(StaleBatch batch) {
        var wide = batch.enrollments().stream().filter(WideMark::isOne).toList();
        if (wide.isEmpty()) {
            return Uni.createFrom().item(batch);
        }
        var narrow = batch.enrollments().stream().filter(mark -> !WideMark.isOne(mark)).toList();
        var claimed = new StaleBatch(batch.claim(), wide);
        return transactions.run(transaction -> expand(transaction, claimed))
                .replaceWith(new StaleBatch(batch.claim(), narrow, wide.size()))
                .onFailure()
                .recoverWithUni(failure -> parkAll(claimed, failure).replaceWith(new StaleBatch(batch.claim(), narrow)));
    }

    // Those that came with them need not wait.
    private Uni<Void> parkAll(StaleBatch wide, Throwable failure) {
        Log.error("Could not mark all enrolments of a learner or a cohort; it is parked", failure);
        return Multi.createFrom()
                .iterable(wide.oneByOne())
                .onItem()
                .transformToUniAndConcatenate(one -> park(one, failure))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> expand(SqlConnection transaction, StaleBatch wide) {
        return held(transaction, wide)
                .map(held -> held.stream().map(WideMark::of).toList())
                .chain(marks -> WideMarks.expand(transaction, marks))
                .chain(() -> resolve(transaction, wide));
    }

    private static long number(RowSet<Row> rows) {
        return rows.iterator().next().getLong(0);
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    private static String reason(Throwable failure) {
        var text = failure.toString();
        return text.substring(0, Math.min(text.length(), 1000));
    }
}
