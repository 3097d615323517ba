package org.openedx.aggregator.task;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** Tasks that have stopped and that nobody was told of. */
final class EndTable {

    private static final String LOCK = """
            SELECT uuid FROM user_task_status FORCE INDEX (untold)
             WHERE told = FALSE AND phase = 3 AND parent IS NULL LIMIT ? FOR UPDATE SKIP LOCKED""";

    private static final String READ = "SELECT " + TaskReader.COLUMNS + """
            , s.user_id, s.email, s.language, a.uuid AS artifact, IF(a.name = 'Error', a.text, NULL) AS error
              FROM user_task_status s LEFT JOIN user_task_artifact a ON a.status_uuid = s.uuid
             WHERE s.uuid IN (%s) ORDER BY s.finished, s.uuid, a.created, a.uuid""";

    private static final String TOLD = "UPDATE user_task_status SET told = TRUE WHERE uuid IN (%s)";

    private EndTable() {
    }

    /** Up to so many, which nobody else takes until the transaction ends. */
    static Uni<List<StoppedTask>> take(SqlConnection transaction, int count) {
        return transaction.preparedQuery(LOCK)
                .execute(Tuple.of(count))
                .map(ClaimTable::uuids)
                .chain(uuids -> uuids.isEmpty() ? Uni.createFrom().item(List.of()) : mark(transaction, uuids));
    }

    private static Uni<List<StoppedTask>> mark(SqlConnection transaction, List<String> uuids) {
        var quoted = ClaimTable.quoted(uuids);
        return transaction.query(TOLD.formatted(quoted))
                .execute()
                .chain(() -> transaction.query(READ.formatted(quoted)).execute())
                .map(EndTable::tasks);
    }

    private static List<StoppedTask> tasks(RowSet<Row> rows) {
        var first = new HashMap<String, Row>();
        var errors = new HashMap<String, String>();
        for (Row row : rows) {
            first.putIfAbsent(row.getString("uuid"), row);
            if (row.getString("error") != null) {
                errors.put(row.getString("uuid"), row.getString("error"));
            }
        }
        return TaskReader.tasks(rows).stream().map(status -> task(status, first, errors)).toList();
    }

    private static StoppedTask task(TaskStatus status, Map<String, Row> first, Map<String, String> errors) {
        var uuid = status.uuid().toString();
        var row = first.get(uuid);
        var userId = row.getLong("user_id");
        return new StoppedTask(status, userId == null ? OptionalLong.empty() : OptionalLong.of(userId),
                Optional.ofNullable(row.getString("email")), Optional.ofNullable(row.getString("language")),
                Optional.ofNullable(errors.get(uuid)));
    }
}
