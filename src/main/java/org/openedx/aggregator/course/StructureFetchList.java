package org.openedx.aggregator.course;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.transaction.Transactions;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * The requested courses as seen by who fetches them. A course is held by one worker of all replicas at a time; a request
 * that comes in the meantime stays when the worker is done.
 */
@ApplicationScoped
public class StructureFetchList {

    private static final String DUE = """
            SELECT course_id FROM structure_request
             WHERE due_at <= UTC_TIMESTAMP(6) AND (leased_until IS NULL OR leased_until <= UTC_TIMESTAMP(6))
             ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED""";

    private static final String CLAIM = """
            UPDATE structure_request SET claim = ?, claimed_generation = generation,
                   leased_until = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND WHERE course_id = ?""";

    private static final String KEY = "SELECT course_key FROM course WHERE id = ?";

    private static final String CHECKED = """
            INSERT INTO structure_check (course_id, checked_at, published_version)
            SELECT course_id, UTC_TIMESTAMP(6), ? FROM structure_request WHERE claim = ? AND course_id = ?
            ON DUPLICATE KEY UPDATE checked_at = VALUES(checked_at), published_version = VALUES(published_version)""";

    private static final String RESOLVE = """
            DELETE FROM structure_request WHERE claim = ? AND course_id = ? AND generation = claimed_generation""";

    private static final String RELEASE = """
            UPDATE structure_request SET claim = NULL, claimed_generation = NULL, leased_until = NULL, attempts = 0,
                   missing = FALSE, attempted_at = NULL, reason = NULL
             WHERE claim = ? AND course_id = ?""";

    // A request that came during the fetch is due when it says; another attempt waits longer with each failure.
    private static final String FAIL = """
            UPDATE structure_request SET attempts = attempts + 1, reason = ?, missing = ?, attempted_at = UTC_TIMESTAMP(6),
                   due_at = IF(generation > claimed_generation, due_at, UTC_TIMESTAMP(6) + INTERVAL GREATEST(?,
                     LEAST(? * POW(2, LEAST(attempts - 1, 30)), ?)) * (1 + RAND() / 4) MICROSECOND),
                   claim = NULL, claimed_generation = NULL, leased_until = NULL
             WHERE claim = ? AND course_id = ?""";

    private static final String HAND_BACK = """
            UPDATE structure_request SET claim = NULL, claimed_generation = NULL, leased_until = NULL
             WHERE claim = ? AND course_id = ?""";

    private final Transactions transactions;
    private final StructureRequests requests;
    private final StructureRequestConfig config;

    StructureFetchList(Transactions transactions, StructureRequests requests, StructureRequestConfig config) {
        this.transactions = transactions;
        this.requests = requests;
        this.config = config;
    }

    /** Takes the course that has been due longest; empty if none is. */
    public Uni<Optional<StructureClaim>> claim() {
        long claim = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        return transactions.run(transaction -> claim(transaction, claim));
    }

    /**
     * The course's structure has been fetched and stored.
     *
     * @param publishedVersion what the LMS called it before it was fetched, where it has names
     */
    public Uni<Void> resolve(StructureClaim claim, Optional<String> publishedVersion) {
        return transactions.run(transaction -> resolve(transaction, claim, publishedVersion));
    }

    /**
     * The course could not be fetched.
     *
     * @param atLeast how long the LMS wants to be left alone
     */
    public Uni<Void> fail(StructureClaim claim, String reason, Duration atLeast) {
        return fail(claim, reason, false, atLeast, config.retryAfter(), config.longestRetry());
    }

    /** The LMS knows no such course: it is parked, and what is stored of it goes on serving. */
    public Uni<Void> park(StructureClaim claim, String reason) {
        return fail(claim, reason, true, Duration.ZERO, config.missingRetryAfter(), config.longestMissingRetry());
    }

    /** Somebody else is to fetch the course; it is due as it was. */
    public Uni<Void> handBack(StructureClaim claim) {
        var held = Tuple.of(claim.claim(), claim.courseId());
        return transactions.run(transaction -> transaction.preparedQuery(HAND_BACK).execute(held))
                .replaceWithVoid();
    }

    private Uni<Optional<StructureClaim>> claim(SqlConnection transaction, long claim) {
        return transaction.query(DUE)
                .execute()
                .chain(due -> due.size() == 0
                        ? Uni.createFrom().item(Optional.empty())
                        : take(transaction, claim, due.iterator().next().getInteger(0)));
    }

    private Uni<Optional<StructureClaim>> take(SqlConnection transaction, long claim, int courseId) {
        return transaction.preparedQuery(CLAIM)
                .execute(Tuple.of(claim, StructureRequests.micros(config.lease()), courseId))
                .chain(() -> transaction.preparedQuery(KEY).execute(Tuple.of(courseId)))
                .map(StructureFetchList::key)
                .map(key -> Optional.of(new StructureClaim(claim, courseId, key)));
    }

    // Who lost its lease may have stored an older structure over a newer one: only another fetch tells.
    private Uni<Void> resolve(SqlConnection transaction, StructureClaim claim, Optional<String> publishedVersion) {
        return transaction.preparedQuery(CHECKED)
                .execute(Tuple.of(publishedVersion.orElse(null), claim.claim(), claim.courseId()))
                .chain(checked -> checked.rowCount() > 0
                        ? release(transaction, claim)
                        : requests.requestNow(transaction, claim.courseId()));
    }

    private static Uni<Void> release(SqlConnection transaction, StructureClaim claim) {
        var held = Tuple.of(claim.claim(), claim.courseId());
        return transaction.preparedQuery(RESOLVE)
                .execute(held)
                .chain(() -> transaction.preparedQuery(RELEASE).execute(held))
                .replaceWithVoid();
    }

    private Uni<Void> fail(StructureClaim claim, String reason, boolean missing, Duration atLeast, Duration first,
            Duration longest) {
        var values = Tuple.of(reason.substring(0, Math.min(reason.length(), 1000)), missing)
                .addLong(StructureRequests.micros(atLeast))
                .addLong(StructureRequests.micros(first))
                .addLong(StructureRequests.micros(longest))
                .addLong(claim.claim())
                .addInteger(claim.courseId());
        return transactions.run(transaction -> transaction.preparedQuery(FAIL).execute(values))
                .replaceWithVoid();
    }

    private static CourseKey key(RowSet<Row> rows) {
        return CourseKey.parse(rows.iterator().next().getString(0));
    }
}
