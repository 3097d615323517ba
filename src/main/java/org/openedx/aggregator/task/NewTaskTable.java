package org.openedx.aggregator.task;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** How tasks come. */
final class NewTaskTable {

    private static final String INSERT = """
            INSERT INTO user_task_status (uuid, created, modified, user_id, username, task_id, parent, top, level,
              child_index, is_container, task_class, name, state, phase, due_at, total_steps, own_total, priority, parameters,
              fingerprint, running_fingerprint, email, language, told, expires)
            VALUES\s""";

    private static final String VALUES = """
            (?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'Pending', ?, UTC_TIMESTAMP(6),
              ?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND)""";

    // What is being done already stays as it is, and is locked.
    private static final String UNLESS_RUNNING = " ON DUPLICATE KEY UPDATE uuid = user_task_status.uuid";

    private static final String RUNNING = """
            SELECT running_fingerprint, uuid FROM user_task_status WHERE running_fingerprint IN (%s)""";

    private NewTaskTable() {
    }

    static Uni<Void> insert(SqlConnection transaction, NewTask task, Duration life) {
        return transaction.preparedQuery(INSERT + VALUES)
                .execute(add(Tuple.tuple(), task, life))
                .replaceWithVoid();
    }

    /** By fingerprint, what is now being done: the new tasks, and older ones where there are any. */
    static Uni<Map<String, String>> insertUnlessRunning(SqlConnection transaction, List<NewTask> tasks, Duration life) {
        // In one order, so that replicas that store the same wishes wait for each other only once.
        var sorted = tasks.stream().sorted(Comparator.comparing(NewTask::fingerprint)).toList();
        var values = Tuple.tuple();
        sorted.forEach(task -> add(values, task, life));
        return transaction
                .preparedQuery(INSERT + String.join(",", Collections.nCopies(sorted.size(), VALUES)) + UNLESS_RUNNING)
                .execute(values)
                .chain(() -> transaction.query(RUNNING.formatted(fingerprints(tasks))).execute())
                .map(NewTaskTable::running);
    }

    private static Map<String, String> running(RowSet<Row> rows) {
        return rows.stream().collect(Collectors.toMap(row -> row.getString(0), row -> row.getString(1)));
    }

    private static String fingerprints(List<NewTask> tasks) {
        return ClaimTable.quoted(tasks.stream().map(NewTask::fingerprint).toList());
    }

    private static Tuple add(Tuple values, NewTask task, Duration life) {
        var owner = task.owner();
        var place = task.place();
        return values.addString(task.uuid())
                .addLong(owner.userId().isPresent() ? owner.userId().getAsLong() : null)
                .addString(owner.username())
                .addString(task.uuid())
                .addString(place.parent().orElse(null))
                .addString(place.top().orElse(null))
                .addInteger(place.level())
                .addInteger(place.index())
                .addBoolean(task.isContainer())
                .addString(task.action())
                .addString(task.name())
                .addInteger(task.phase())
                .addInteger(task.totalSteps())
                .addInteger(task.isContainer() ? 0 : task.totalSteps())
                .addInteger(task.priority())
                .addString(task.parameters())
                .addString(task.fingerprint())
                .addString(place.parent().isPresent() ? null : task.fingerprint())
                .addString(owner.email().orElse(null))
                .addString(owner.language().orElse(null))
                .addBoolean(task.told() || place.parent().isPresent())
                .addLong(ClaimTable.micros(life));
    }
}
