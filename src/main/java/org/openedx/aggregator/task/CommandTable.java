package org.openedx.aggregator.task;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** What workers elsewhere are to be told; a row is there if and only if the task was cancelled and nobody was told yet. */
final class CommandTable {

    private static final String ADD = """
            INSERT IGNORE INTO user_task_command (task, task_id, worker, requested_by, created, due_at)
            SELECT uuid, task_id, worker, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM user_task_status
             WHERE uuid IN (%s) AND phase < 3 AND worker IS NOT NULL""";

    private static final String DUE = """
            SELECT task FROM user_task_command WHERE due_at <= UTC_TIMESTAMP(6) ORDER BY due_at LIMIT ?
               FOR UPDATE SKIP LOCKED""";

    private static final String CLAIM = """
            UPDATE user_task_command SET claim = %d, due_at = UTC_TIMESTAMP(6) + INTERVAL %d MICROSECOND WHERE task IN (%s)""";

    private static final String CLAIMED = """
            SELECT task, task_id, worker, requested_by, created FROM user_task_command WHERE claim = ? ORDER BY created, task""";

    private static final String REMOVE = "DELETE FROM user_task_command WHERE task = ?";

    private CommandTable() {
    }

    /** To be called before the tasks end. */
    static Uni<Void> add(SqlConnection transaction, List<String> tasks, Optional<String> by) {
        return transaction.preparedQuery(ADD.formatted(ClaimTable.quoted(tasks)))
                .execute(Tuple.of(by.filter(name -> !name.isEmpty()).orElse(null)))
                .replaceWithVoid();
    }

    static Uni<List<TaskCommand>> claim(SqlConnection transaction, long number, int count, Duration lease) {
        return transaction.preparedQuery(DUE)
                .execute(Tuple.of(count))
                .map(ClaimTable::uuids)
                .chain(tasks -> tasks.isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : claim(transaction, tasks, number, lease));
    }

    private static Uni<List<TaskCommand>> claim(SqlConnection transaction, List<String> tasks, long number, Duration lease) {
        return transaction.query(CLAIM.formatted(number, ClaimTable.micros(lease), ClaimTable.quoted(tasks)))
                .execute()
                .chain(() -> transaction.preparedQuery(CLAIMED).execute(Tuple.of(number)))
                .map(rows -> rows.stream().map(CommandTable::command).toList());
    }

    static Uni<Void> remove(SqlClient client, TaskCommand sent) {
        return client.preparedQuery(REMOVE).execute(Tuple.of(sent.task().toString())).replaceWithVoid();
    }

    private static TaskCommand command(Row row) {
        return new TaskCommand(UUID.fromString(row.getString("task")), row.getString("task_id"), row.getString("worker"),
                Optional.ofNullable(row.getString("requested_by")), TaskReader.instant(row, "created"));
    }
}
