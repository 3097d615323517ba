package org.openedx.aggregator.notification;

import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** What is to be sent, and what could not be. */
@ApplicationScoped
public class Deliveries {

    // Who was told once is not told again, whatever happens to the mark of the task.
    private static final String ADD = """
            INSERT INTO notification_delivery (uuid, channel, target, lane, task, payload, due_at, created)
            VALUES (?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE uuid = uuid""";

    private static final String PARKED = """
            SELECT uuid, task, attempts, failure, created, finished, payload FROM notification_delivery
             WHERE channel = ? AND target = ? AND phase = 4 ORDER BY finished DESC, uuid LIMIT ? OFFSET ?""";

    private static final String COUNT = """
            SELECT COUNT(*) FROM notification_delivery WHERE channel = ? AND target = ? AND phase = 4""";

    private static final String AGAIN = """
            UPDATE notification_delivery SET phase = 1, attempts = 0, due_at = UTC_TIMESTAMP(6), finished = NULL
             WHERE channel = ? AND target = ? AND uuid = ? AND phase = 4""";

    private static final String DELETE = "DELETE FROM notification_delivery WHERE channel = ? AND target = ?";

    private final Pool pool;

    Deliveries(Pool pool) {
        this.pool = pool;
    }

    /** Has something sent when the transaction is through. */
    public Uni<Void> add(SqlConnection transaction, List<NewDelivery> deliveries) {
        if (deliveries.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction.preparedQuery(ADD)
                .executeBatch(deliveries.stream().map(Deliveries::values).toList())
                .replaceWithVoid();
    }

    /** What was given up, the last first. */
    public Uni<List<ParkedDelivery>> parked(String channel, String target, long offset, int limit) {
        return pool.preparedQuery(PARKED)
                .execute(Tuple.of(channel, target, limit, offset))
                .map(Deliveries::parked);
    }

    public Uni<Long> countParked(String channel, String target) {
        return pool.preparedQuery(COUNT)
                .execute(Tuple.of(channel, target))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** Has what was given up tried again, as often as a new one; fails with {@link DeliveryNotFoundException}. */
    public Uni<Void> retry(String channel, String target, UUID delivery) {
        return pool.preparedQuery(AGAIN)
                .execute(Tuple.of(channel, target, delivery.toString()))
                .invoke(Deliveries::requireOne)
                .replaceWithVoid();
    }

    /** Forgets all that was sent or is to be sent to a target. */
    public Uni<Void> deleteOf(SqlConnection transaction, String channel, String target) {
        return transaction.preparedQuery(DELETE)
                .execute(Tuple.of(channel, target))
                .replaceWithVoid();
    }

    private static void requireOne(RowSet<Row> written) {
        if (written.rowCount() == 0) {
            throw new DeliveryNotFoundException();
        }
    }

    private static Tuple values(NewDelivery delivery) {
        return Tuple.of(UUID.randomUUID().toString(), delivery.channel(), delivery.target(), delivery.lane(),
                delivery.task(), delivery.payload().encode());
    }

    private static List<ParkedDelivery> parked(RowSet<Row> rows) {
        return rows.stream().map(Deliveries::parked).toList();
    }

    private static ParkedDelivery parked(Row row) {
        return new ParkedDelivery(UUID.fromString(row.getString("uuid")), row.getString("task"), row.getInteger("attempts"),
                row.getString("failure"), row.getLocalDateTime("created").toInstant(ZoneOffset.UTC),
                row.getLocalDateTime("finished").toInstant(ZoneOffset.UTC), new JsonObject(row.getString("payload")));
    }
}
