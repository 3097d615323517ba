package org.openedx.aggregator.task;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** How tasks come, are cancelled and go. */
final class TaskTable {

    private static final String INSERT = """
            INSERT INTO user_task_status (uuid, created, modified, user_id, username, task_id, parent, child_index,
              is_container, task_class, name, state, phase, due_at, total_steps, priority, parameters, fingerprint,
              running_fingerprint, email, language, told, expires)
            VALUES (?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), ?, ?, ?, ?, ?, ?, ?, ?, 'Pending', ?, UTC_TIMESTAMP(6), ?, ?, ?, ?, ?,
              ?, ?, ?,
              UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND)""";

    private static final String CANCEL = """
            UPDATE user_task_status SET phase = 3, state = 'Canceled', cancel_requested = TRUE, claim = NULL,
                   running_fingerprint = NULL, checkpoint = NULL, finished = UTC_TIMESTAMP(6), modified = UTC_TIMESTAMP(6),
                   version = version + 1
             WHERE uuid IN (%s) AND phase < 3""";

    private static final String CHILDREN = "SELECT uuid FROM user_task_status WHERE parent IN (%s) ORDER BY uuid";

    private static final String PARENT = "SELECT parent FROM user_task_status WHERE uuid = ?";

    private static final String EXPIRED = """
            SELECT uuid FROM user_task_status s
             WHERE phase = 3 AND expires <= UTC_TIMESTAMP(6) AND parent IS NULL
               AND NOT EXISTS (SELECT 1 FROM user_task_status c WHERE c.parent = s.uuid AND c.phase < 3)
             LIMIT 200""";

    private static final String DELETE = "DELETE FROM user_task_status WHERE uuid IN (%s)";

    private TaskTable() {
    }

    static Uni<Void> insert(SqlConnection transaction, NewTask task, long lifeMicros) {
        var owner = task.owner();
        var values = Tuple.of(task.uuid(), owner.userId().isPresent() ? owner.userId().getAsLong() : null,
                owner.username(), task.uuid(), task.parent().orElse(null), task.index())
                .addBoolean(task.isContainer())
                .addString(task.action())
                .addString(task.name())
                .addInteger(task.phase())
                .addInteger(task.totalSteps())
                .addInteger(task.priority())
                .addString(task.parameters())
                .addString(task.fingerprint())
                .addString(task.parent().isPresent() ? null : task.fingerprint())
                .addString(owner.email().orElse(null))
                .addString(owner.language().orElse(null))
                .addBoolean(task.told())
                .addLong(lifeMicros);
        return transaction.preparedQuery(INSERT)
                .execute(values)
                .replaceWithVoid();
    }

    /** Those that are finished stay as they are; whoever runs one is told at its next word. */
    static Uni<Void> cancel(SqlConnection transaction, Collection<String> tasks) {
        if (tasks.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction.query(CANCEL.formatted(ClaimTable.quoted(tasks)))
                .execute()
                .replaceWithVoid();
    }

    /** With its children, and with what its container then makes of it. */
    static Uni<Void> cancelAll(SqlConnection transaction, String task) {
        return cancel(transaction, List.of(task))
                .chain(() -> children(transaction, List.of(task)))
                .chain(children -> cancel(transaction, children))
                .chain(() -> parent(transaction, task))
                .chain(parent -> ContainerTable.refresh(transaction, parent.stream().toList()));
    }

    /** With their children, artifacts and, soon, their files. */
    static Uni<Void> delete(SqlConnection transaction, List<String> tasks) {
        return children(transaction, tasks)
                .chain(children -> deleteRows(transaction, children))
                .chain(() -> deleteRows(transaction, tasks));
    }

    static Uni<List<String>> expired(SqlConnection connection) {
        return connection.query(EXPIRED)
                .execute()
                .map(ClaimTable::uuids);
    }

    private static Uni<Void> deleteRows(SqlConnection transaction, List<String> tasks) {
        if (tasks.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var quoted = ClaimTable.quoted(tasks);
        return transaction.query(DELETE.formatted(quoted))
                .execute()
                .chain(() -> ArtifactTable.deleteOf(transaction, quoted))
                .chain(() -> PermissionTable.deleteOf(transaction, tasks));
    }

    private static Uni<List<String>> children(SqlConnection transaction, List<String> tasks) {
        return transaction.query(CHILDREN.formatted(ClaimTable.quoted(tasks)))
                .execute()
                .map(ClaimTable::uuids);
    }

    private static Uni<Optional<String>> parent(SqlConnection transaction, String task) {
        return transaction.preparedQuery(PARENT)
                .execute(Tuple.of(task))
                .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.ofNullable(rows.iterator().next().getString(0)));
    }
}
