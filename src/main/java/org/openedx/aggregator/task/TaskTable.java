package org.openedx.aggregator.task;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** How tasks are cancelled and go. */
final class TaskTable {

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
               AND NOT EXISTS (SELECT 1 FROM user_task_status c WHERE c.top = s.uuid AND c.phase < 3)
             LIMIT 200""";

    private static final String REMOVED = """
            INSERT IGNORE INTO user_task_removed (task, removed_at)
            SELECT uuid, UTC_TIMESTAMP(6) FROM user_task_status WHERE uuid IN (%s) AND worker IS NOT NULL""";

    private static final String FORGET = """
            DELETE FROM user_task_removed WHERE removed_at <= UTC_TIMESTAMP(6) - INTERVAL ? MICROSECOND LIMIT 10000""";

    private static final String DELETE = "DELETE FROM user_task_status WHERE uuid IN (%s)";

    private TaskTable() {
    }

    /** With all their parts. Those that are finished stay as they are; whoever runs one is told at its next word. */
    static Uni<Void> cancel(SqlConnection transaction, Collection<String> tasks) {
        return cancel(transaction, tasks, Optional.empty());
    }

    private static Uni<Void> cancel(SqlConnection transaction, Collection<String> tasks, Optional<String> by) {
        if (tasks.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tree(transaction, List.copyOf(tasks))
                .call(all -> CommandTable.add(transaction, all, by))
                .chain(all -> transaction.query(CANCEL.formatted(ClaimTable.quoted(all))).execute())
                .replaceWithVoid();
    }

    /** What others were to do for a task that failed. */
    static Uni<Void> cancelBelow(SqlConnection transaction, String task) {
        return children(transaction, List.of(task))
                .chain(parts -> cancel(transaction, parts));
    }

    /** With its parts, and with what its containers then make of it. */
    static Uni<Void> cancelAll(SqlConnection transaction, String task, TaskViewer viewer) {
        return cancel(transaction, List.of(task), Optional.of(viewer.username()))
                .chain(() -> parent(transaction, task))
                .chain(parent -> ContainerTable.refresh(transaction, parent.stream().toList()));
    }

    /** With their parts, artifacts and, soon, their files. */
    static Uni<Void> delete(SqlConnection transaction, List<String> tasks) {
        return tree(transaction, tasks)
                .chain(all -> deleteRows(transaction, all));
    }

    static Uni<List<String>> expired(SqlConnection connection) {
        return connection.query(EXPIRED)
                .execute()
                .map(ClaimTable::uuids);
    }

    /** Tasks of other systems that were removed so long ago that nobody speaks of them any more. */
    static Uni<Integer> forget(SqlConnection transaction, Duration age) {
        return transaction.preparedQuery(FORGET).execute(Tuple.of(ClaimTable.micros(age))).map(RowSet::rowCount);
    }

    private static Uni<Void> deleteRows(SqlConnection transaction, List<String> tasks) {
        if (tasks.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var quoted = ClaimTable.quoted(tasks);
        return transaction.query(REMOVED.formatted(quoted))
                .execute()
                .chain(() -> transaction.query(DELETE.formatted(quoted)).execute())
                .chain(() -> ArtifactTable.deleteOf(transaction, quoted))
                .chain(() -> PermissionTable.deleteOf(transaction, tasks));
    }

    // Ends soon: containers are nested a few deep only.
    private static Uni<List<String>> tree(SqlConnection transaction, List<String> tasks) {
        return tasks.isEmpty()
                ? Uni.createFrom().item(List.of())
                : children(transaction, tasks)
                        .chain(parts -> tree(transaction, parts))
                        .map(below -> Stream.concat(tasks.stream(), below.stream()).toList());
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
