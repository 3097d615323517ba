package org.openedx.aggregator.task;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** Who may run what. All times are the database's. */
final class ClaimTable {

    private static final String LOCK = """
            SELECT uuid, task_class, parent, expected_parts, attempts, parameters, checkpoint FROM user_task_status
             WHERE uuid IN (%s) AND phase = 1 AND due_at <= UTC_TIMESTAMP(6) FOR UPDATE SKIP LOCKED""";

    private static final String TAKE = """
            UPDATE user_task_status SET phase = 2, state = 'In Progress', claim = %d,
                   started = COALESCE(started, UTC_TIMESTAMP(6)), heartbeat = UTC_TIMESTAMP(6),
                   due_at = UTC_TIMESTAMP(6) + INTERVAL %d MICROSECOND, modified = UTC_TIMESTAMP(6), version = version + 1
             WHERE uuid IN (%s)""";

    private static final String LOST = """
            SELECT uuid, task_class, parent, expected_parts, attempts, parameters, checkpoint, claim
              FROM user_task_status FORCE INDEX (silent)
             WHERE worker IS NULL AND phase = 2 AND claim IS NOT NULL AND due_at <= UTC_TIMESTAMP(6)
             LIMIT 100 FOR UPDATE SKIP LOCKED""";

    private static final String HEARTBEAT = """
            UPDATE user_task_status SET heartbeat = UTC_TIMESTAMP(6), due_at = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND
             WHERE uuid = ? AND claim = ?""";

    private static final String WRITE = """
            UPDATE user_task_status SET own_completed = own_completed + ?, own_total = own_total + ?,
                   completed_steps = completed_steps + ?, total_steps = total_steps + ?, name = COALESCE(?, name),
                   state = COALESCE(?, state), checkpoint = COALESCE(?, checkpoint), heartbeat = UTC_TIMESTAMP(6),
                   due_at = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND, modified = UTC_TIMESTAMP(6), version = version + 1
             WHERE uuid = ? AND claim = ?""";

    private static final String BEGIN = """
            UPDATE user_task_status SET completed_steps = completed_steps - own_completed, own_completed = 0,
                   total_steps = total_steps - own_total + ?, own_total = ?, modified = UTC_TIMESTAMP(6), version = version + 1
             WHERE uuid = ? AND claim = ?""";

    private static final String FINISH = """
            UPDATE user_task_status SET phase = IF(? = 'Succeeded' AND COALESCE(expected_parts, 0) > 0, 2, 3), claim = NULL,
                   running_fingerprint = IF(phase = 3, NULL, running_fingerprint), checkpoint = NULL, own_done = TRUE,
                   due_at = IF(phase = 3, due_at, '9999-12-31'),
                   completed_steps = IF(? = 'Succeeded', completed_steps + own_total - own_completed, completed_steps),
                   own_completed = IF(? = 'Succeeded', own_total, own_completed), state = IF(phase = 3, ?, state),
                   finished = IF(phase = 3, UTC_TIMESTAMP(6), finished), modified = UTC_TIMESTAMP(6), version = version + 1
             WHERE uuid = ? AND claim = ?""";

    private static final String HELD = "SELECT uuid, claim FROM user_task_status WHERE uuid IN (%s) FOR UPDATE";

    private static final String SUCCEED = """
            UPDATE user_task_status SET phase = 3, claim = NULL, running_fingerprint = NULL, checkpoint = NULL,
                   own_done = TRUE, own_completed = own_total, completed_steps = total_steps, state = 'Succeeded',
                   finished = UTC_TIMESTAMP(6),
                   modified = UTC_TIMESTAMP(6), version = version + 1
             WHERE uuid IN (%s)""";

    private static final String RETRY = """
            UPDATE user_task_status SET phase = 1, claim = NULL, state = 'Retrying', attempts = attempts + 1,
                   due_at = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND, modified = UTC_TIMESTAMP(6), version = version + 1
             WHERE uuid = ? AND claim = ?""";

    private static final String HAND_BACK = """
            UPDATE user_task_status SET phase = 1, claim = NULL, state = 'Retrying', due_at = UTC_TIMESTAMP(6),
                   modified = UTC_TIMESTAMP(6), version = version + 1
             WHERE uuid = ? AND claim = ?""";

    private ClaimTable() {
    }

    /** Those of them that nobody else takes now. */
    static Uni<List<Claim>> take(SqlConnection transaction, List<String> candidates, long number, Duration lease) {
        if (candidates.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return transaction.query(LOCK.formatted(quoted(candidates)))
                .execute()
                .map(rows -> claims(rows, number))
                .call(claims -> mark(transaction, claims, number, lease));
    }

    /** Claims whose leases have ended; they are locked. */
    static Uni<List<Claim>> lost(SqlConnection transaction) {
        return transaction.query(LOST)
                .execute()
                .map(rows -> rows.stream().map(ClaimTable::lostClaim).toList());
    }

    static Uni<Void> heartbeat(SqlClient client, Claim claim, Duration lease) {
        return held(client.preparedQuery(HEARTBEAT).execute(Tuple.of(micros(lease), claim.uuid(), claim.number())));
    }

    static Uni<Void> write(SqlClient client, Claim claim, Step step, Duration lease) {
        var values = Tuple.of(step.done(), step.added(), step.done(), step.added())
                .addString(step.name().orElse(null))
                .addString(step.state().orElse(null))
                .addString(step.checkpoint().orElse(null))
                .addLong(micros(lease))
                .addString(claim.uuid())
                .addLong(claim.number());
        return held(client.preparedQuery(WRITE).execute(values));
    }

    static Uni<Void> begin(SqlConnection transaction, Claim claim, int steps) {
        return held(transaction.preparedQuery(BEGIN).execute(Tuple.of(steps, steps, claim.uuid(), claim.number())));
    }

    /** A task that succeeded ends with its parts, if it has some. */
    static Uni<Void> finish(SqlConnection transaction, Claim claim, String state) {
        return held(
                transaction.preparedQuery(FINISH).execute(Tuple.of(state, state, state, state, claim.uuid(), claim.number())));
    }

    /** Those of the claims that hold their tasks still; the tasks are locked. */
    static Uni<List<Claim>> held(SqlConnection transaction, List<Claim> claims) {
        return transaction.query(HELD.formatted(quoted(claims.stream().map(Claim::uuid).toList())))
                .execute()
                .map(rows -> held(claims, rows));
    }

    private static List<Claim> held(List<Claim> claims, RowSet<Row> rows) {
        var numbers = new HashMap<String, Long>();
        rows.forEach(row -> numbers.put(row.getString("uuid"), row.getLong("claim")));
        return claims.stream().filter(claim -> Objects.equals(claim.number(), numbers.get(claim.uuid()))).toList();
    }

    /** Of claims that are known to hold their tasks. */
    static Uni<Void> succeed(SqlConnection transaction, List<Claim> held) {
        if (held.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction.query(SUCCEED.formatted(quoted(held.stream().map(Claim::uuid).toList())))
                .execute()
                .replaceWithVoid();
    }

    static Uni<Void> retry(SqlConnection transaction, Claim claim, Duration wait) {
        return held(transaction.preparedQuery(RETRY).execute(Tuple.of(micros(wait), claim.uuid(), claim.number())));
    }

    static Uni<Void> handBack(SqlConnection transaction, Claim claim) {
        return held(transaction.preparedQuery(HAND_BACK).execute(Tuple.of(claim.uuid(), claim.number())));
    }

    static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    /** Uuids are safe within quotes. */
    static String quoted(Collection<String> uuids) {
        return uuids.stream().collect(Collectors.joining("','", "'", "'"));
    }

    static List<String> uuids(RowSet<Row> rows) {
        return rows.stream().map(row -> row.getString(0)).toList();
    }

    private static Uni<Void> held(Uni<RowSet<Row>> written) {
        return written
                .invoke(ClaimTable::requireOne)
                .replaceWithVoid();
    }

    private static void requireOne(RowSet<Row> written) {
        if (written.rowCount() == 0) {
            throw new ClaimLostException();
        }
    }

    private static Uni<Void> mark(SqlConnection transaction, List<Claim> claims, long number, Duration lease) {
        if (claims.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var uuids = quoted(claims.stream().map(Claim::uuid).toList());
        return transaction.query(TAKE.formatted(number, micros(lease), uuids))
                .execute()
                .replaceWithVoid();
    }

    private static List<Claim> claims(RowSet<Row> rows, long number) {
        return rows.stream().map(row -> claim(row, number)).toList();
    }

    private static Claim lostClaim(Row row) {
        return claim(row, row.getLong("claim"));
    }

    private static Claim claim(Row row, long number) {
        return new Claim(number, row.getString("uuid"), row.getString("task_class"),
                Optional.ofNullable(row.getString("parent")), row.getInteger("expected_parts") != null,
                row.getInteger("attempts"),
                new JsonObject(row.getString("parameters")),
                Optional.ofNullable(row.getString("checkpoint")).map(JsonObject::new));
    }
}
