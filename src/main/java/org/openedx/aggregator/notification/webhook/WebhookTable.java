package org.openedx.aggregator.notification.webhook;

import java.net.URI;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** The rows of subscriptions. */
final class WebhookTable {

    private static final String COLUMNS = "uuid, owner, everybody, url, states, actions, active, created";

    private static final String INSERT = """
            INSERT INTO notification_webhook (uuid, owner, everybody, url, secret, states, actions, created)
            VALUES (?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))""";

    private static final String ACTIVE = "SELECT " + COLUMNS
            + " FROM notification_webhook WHERE active = TRUE AND (everybody = TRUE OR owner IN (%s))";

    private static final String OF_OWNER = "SELECT " + COLUMNS
            + " FROM notification_webhook WHERE owner = ? ORDER BY created DESC, uuid";

    private static final String ONE = "SELECT " + COLUMNS + " FROM notification_webhook WHERE uuid = ?";

    private static final String SECRET = "SELECT secret FROM notification_webhook WHERE uuid = ? AND active = TRUE";

    private static final String GONE = "UPDATE notification_webhook SET active = FALSE WHERE uuid = ?";

    private static final String DELETE = "DELETE FROM notification_webhook WHERE uuid = ?";

    private WebhookTable() {
    }

    static Uni<Void> insert(SqlClient client, UUID uuid, String owner, URI url, String secret, WebhookRequest request) {
        return client.preparedQuery(INSERT)
                .execute(Tuple.of(uuid.toString(), owner, request.everybody(), url.toString(), secret,
                        json(request.states()))
                        .addString(json(request.actions())))
                .replaceWithVoid();
    }

    static Uni<List<Webhook>> active(SqlConnection transaction, Collection<String> owners) {
        var places = owners.stream().map(owner -> "?").collect(Collectors.joining(","));
        return transaction.preparedQuery(ACTIVE.formatted(places))
                .execute(Tuple.from(new ArrayList<Object>(owners)))
                .map(WebhookTable::webhooks);
    }

    /** The newest first. */
    static Uni<List<Webhook>> ofOwner(SqlClient client, String owner) {
        return client.preparedQuery(OF_OWNER)
                .execute(Tuple.of(owner))
                .map(WebhookTable::webhooks);
    }

    static Uni<Optional<Webhook>> find(SqlClient client, String uuid) {
        return client.preparedQuery(ONE)
                .execute(Tuple.of(uuid))
                .map(rows -> webhooks(rows).stream().findFirst());
    }

    /** Encrypted; of one that is active. */
    static Uni<Optional<String>> secret(SqlClient client, String uuid) {
        return client.preparedQuery(SECRET)
                .execute(Tuple.of(uuid))
                .map(WebhookTable::firstText);
    }

    static Uni<Void> gone(SqlClient client, String uuid) {
        return client.preparedQuery(GONE)
                .execute(Tuple.of(uuid))
                .replaceWithVoid();
    }

    static Uni<Void> delete(SqlConnection transaction, String uuid) {
        return transaction.preparedQuery(DELETE)
                .execute(Tuple.of(uuid))
                .replaceWithVoid();
    }

    private static Optional<String> firstText(RowSet<Row> rows) {
        return rows.stream().map(row -> row.getString(0)).findFirst();
    }

    private static List<Webhook> webhooks(RowSet<Row> rows) {
        return rows.stream().map(WebhookTable::webhook).toList();
    }

    private static Webhook webhook(Row row) {
        return new Webhook(UUID.fromString(row.getString("uuid")), row.getString("owner"), row.getBoolean("everybody"),
                URI.create(row.getString("url")), set(row.getString("states")), set(row.getString("actions")),
                row.getBoolean("active"), row.getLocalDateTime("created").toInstant(ZoneOffset.UTC));
    }

    private static String json(Set<String> texts) {
        return new JsonArray(new ArrayList<>(texts)).encode();
    }

    private static Set<String> set(String json) {
        return new JsonArray(json).stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }
}
