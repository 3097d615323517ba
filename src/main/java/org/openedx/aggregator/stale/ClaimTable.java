package org.openedx.aggregator.stale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.openedx.aggregator.learner.Enrollment;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** How marks are claimed and given up. */
final class ClaimTable {

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

    private ClaimTable() {
    }

    static Uni<StaleBatch> claim(SqlConnection transaction, long claim, int size, Duration lease) {
        return transaction.query(DUE.formatted(size))
                .execute()
                .map(ClaimTable::enrollments)
                .map(due -> new StaleBatch(claim, due))
                .call(batch -> take(transaction, batch, lease));
    }

    static Uni<Set<Enrollment>> held(SqlConnection transaction, StaleBatch batch) {
        return transaction.query(HELD.formatted(batch.claim(), Enrollment.condition(batch.enrollments())))
                .execute()
                .map(ClaimTable::enrollments)
                .map(HashSet::new);
    }

    static Uni<Void> resolve(SqlConnection transaction, StaleBatch batch) {
        return transaction.query(RESOLVE.formatted(batch.claim(), Enrollment.condition(batch.enrollments())))
                .execute()
                .chain(() -> release(transaction, batch));
    }

    static Uni<Void> release(SqlConnection transaction, StaleBatch batch) {
        return transaction.query(RELEASE.formatted(batch.claim(), Enrollment.condition(batch.enrollments())))
                .execute()
                .replaceWithVoid();
    }

    private static Uni<Void> take(SqlConnection transaction, StaleBatch batch, Duration lease) {
        if (batch.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var condition = Enrollment.condition(batch.enrollments());
        return transaction.query(CLAIM.formatted(batch.claim(), lease.toNanos() / 1000, condition))
                .execute()
                .replaceWithVoid();
    }

    private static List<Enrollment> enrollments(RowSet<Row> rows) {
        var enrollments = new ArrayList<Enrollment>(rows.size());
        for (Row row : rows) {
            enrollments.add(new Enrollment(row.getInteger(0), row.getLong(1)));
        }
        return enrollments;
    }
}
