package org.openedx.aggregator.notification;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** Who may send what. All times are the database's. A claim ends by itself at due_at. */
final class DeliveryTable {

    private static final String CANDIDATES = """
            SELECT uuid FROM (
              SELECT d.uuid, d.due_at,
                     COALESCE(r.running, 0) + ROW_NUMBER() OVER (PARTITION BY d.lane ORDER BY d.due_at, d.uuid) AS turn
                FROM notification_delivery d
                LEFT JOIN (SELECT lane, COUNT(*) AS running FROM notification_delivery
                            WHERE channel = ? AND phase = 2 AND due_at > UTC_TIMESTAMP(6) GROUP BY lane) r
                  ON r.lane = d.lane
               WHERE d.channel = ? AND d.phase IN (1, 2) AND d.due_at <= UTC_TIMESTAMP(6)) due
             WHERE turn <= ? ORDER BY due_at LIMIT ?""";

    private static final String LOCK = """
            SELECT uuid, target, task, payload, attempts + 1 AS attempt FROM notification_delivery
             WHERE uuid IN (%s) AND phase IN (1, 2) AND due_at <= UTC_TIMESTAMP(6) FOR UPDATE SKIP LOCKED""";

    private static final String TAKE = """
            UPDATE notification_delivery SET phase = 2, claim = %d, attempts = attempts + 1,
                   due_at = UTC_TIMESTAMP(6) + INTERVAL %d MICROSECOND
             WHERE uuid IN (%s)""";

    // Nobody needs the address of a person, or what a task did, after that.
    private static final String DELIVERED = """
            UPDATE notification_delivery SET phase = 3, claim = NULL, payload = '{}', failure = NULL,
                   finished = UTC_TIMESTAMP(6)
             WHERE uuid = ? AND claim = ?""";

    private static final String RETRY = """
            UPDATE notification_delivery SET phase = 1, claim = NULL, failure = ?,
                   due_at = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND
             WHERE uuid = ? AND claim = ?""";

    private static final String PARK = """
            UPDATE notification_delivery SET phase = 4, claim = NULL, failure = ?, finished = UTC_TIMESTAMP(6)
             WHERE uuid = ? AND claim = ?""";

    private DeliveryTable() {
    }

    static Uni<List<Delivery>> claim(SqlConnection transaction, Channel channel, int count, long claim, Duration lease) {
        return transaction.preparedQuery(CANDIDATES)
                .execute(Tuple.of(channel.name(), channel.name(), channel.perLane(), count))
                .map(DeliveryTable::uuids)
                .chain(uuids -> uuids.isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : take(transaction, uuids, claim, lease));
    }

    private static Uni<List<Delivery>> take(SqlConnection transaction, List<String> uuids, long claim, Duration lease) {
        return transaction.query(LOCK.formatted(quoted(uuids)))
                .execute()
                .map(DeliveryTable::deliveries)
                .call(taken -> mark(transaction, taken, claim, lease));
    }

    private static Uni<Void> mark(SqlConnection transaction, List<Delivery> taken, long claim, Duration lease) {
        if (taken.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var uuids = quoted(taken.stream().map(Delivery::uuid).toList());
        return transaction.query(TAKE.formatted(claim, micros(lease), uuids))
                .execute()
                .replaceWithVoid();
    }

    /** These three answer false if somebody else has it by now. */
    static Uni<Boolean> delivered(SqlClient client, Delivery delivery, long claim) {
        return held(client.preparedQuery(DELIVERED).execute(Tuple.of(delivery.uuid(), claim)));
    }

    static Uni<Boolean> retry(SqlClient client, Delivery delivery, long claim, String failure, Duration wait) {
        return held(client.preparedQuery(RETRY).execute(Tuple.of(failure, micros(wait), delivery.uuid(), claim)));
    }

    static Uni<Boolean> park(SqlClient client, Delivery delivery, long claim, String failure) {
        return held(client.preparedQuery(PARK).execute(Tuple.of(failure, delivery.uuid(), claim)));
    }

    static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    private static Uni<Boolean> held(Uni<RowSet<Row>> written) {
        return written.map(rows -> rows.rowCount() > 0);
    }

    // Uuids of our own are safe within quotes.
    private static String quoted(Collection<String> uuids) {
        return uuids.stream().collect(Collectors.joining("','", "'", "'"));
    }

    private static List<String> uuids(RowSet<Row> rows) {
        return rows.stream().map(row -> row.getString(0)).toList();
    }

    private static List<Delivery> deliveries(RowSet<Row> rows) {
        return rows.stream().map(DeliveryTable::delivery).toList();
    }

    private static Delivery delivery(Row row) {
        return new Delivery(row.getString("uuid"), row.getString("target"), row.getString("task"),
                new JsonObject(row.getString("payload")), row.getInteger("attempt"));
    }
}
