package org.openedx.aggregator.task;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.openedx.aggregator.task.ArtifactTable.Content;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** Tasks of other systems. Their phase and state are as those of our own; nobody here holds them. */
final class ExternalTable {

    private static final String LOCK = """
            SELECT uuid, parent, top, level, is_container, phase, last_sequence, expected_parts FROM user_task_status
             WHERE uuid = ? AND worker IS NOT NULL FOR UPDATE""";

    private static final String REMOVED = "SELECT task FROM user_task_removed WHERE task = ?";

    private static final String PARTS = "SELECT COUNT(*) FROM user_task_status WHERE parent = ?";

    private static final String INSERT = """
            INSERT INTO user_task_status (uuid, created, modified, heartbeat, user_id, username, task_id, parent, top, level,
              child_index, is_container, task_class, name, state, phase, due_at, total_steps, own_total, parameters,
              fingerprint, worker, last_sequence, expected_parts, email, language, told, expires)
            VALUES (?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'Pending', ?,
              '9999-12-31', ?, ?, '{}', SHA2(uuid, 256), ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND)""";

    // What speaks of work has begun, whether it said so or not.
    private static final String RUN = """
            UPDATE user_task_status SET phase = IF(is_container, phase, 2), state = IF(is_container, state, COALESCE(?,
                     IF(state IN ('Pending', 'Retrying'), 'In Progress', state))),
                   started = IF(is_container, started, COALESCE(started, UTC_TIMESTAMP(6))),
                   own_total = COALESCE(?, own_total), own_completed = COALESCE(?, own_completed),
                   total_steps = IF(is_container, total_steps, own_total),
                   completed_steps = IF(is_container, completed_steps, own_completed),
                   last_sequence = ?, heartbeat = UTC_TIMESTAMP(6), modified = UTC_TIMESTAMP(6), version = version + 1
             WHERE uuid = ?""";

    private static final String RETRY = """
            UPDATE user_task_status SET phase = 1, state = 'Retrying', attempts = attempts + 1, last_sequence = ?,
                   heartbeat = UTC_TIMESTAMP(6), modified = UTC_TIMESTAMP(6), version = version + 1
             WHERE uuid = ?""";

    private static final String FINISH = """
            UPDATE user_task_status SET phase = 3, state = ?, finished = UTC_TIMESTAMP(6),
                   started = IF(state = 'Canceled', started, COALESCE(started, UTC_TIMESTAMP(6))),
                   own_completed = IF(state = 'Succeeded', own_total, own_completed),
                   completed_steps = IF(state = 'Succeeded', total_steps, completed_steps),
                   last_sequence = ?, heartbeat = UTC_TIMESTAMP(6), modified = UTC_TIMESTAMP(6), version = version + 1
             WHERE uuid = ?""";

    private static final String SILENT = """
            SELECT s.uuid FROM user_task_status s
             WHERE s.worker IS NOT NULL AND s.phase IN (1, 2) AND s.heartbeat <= UTC_TIMESTAMP(6) - INTERVAL ? MICROSECOND
               AND NOT EXISTS (SELECT 1 FROM user_task_status c WHERE c.parent = s.uuid AND c.phase < 3)
             LIMIT 100 FOR UPDATE SKIP LOCKED""";

    private ExternalTable() {
    }

    static Uni<Optional<ExternalRow>> lock(SqlConnection transaction, String task) {
        return transaction.preparedQuery(LOCK)
                .execute(Tuple.of(task))
                .map(rows -> rows.stream().findFirst().map(ExternalRow::of));
    }

    static Uni<Boolean> wasRemoved(SqlConnection transaction, String task) {
        return transaction.preparedQuery(REMOVED).execute(Tuple.of(task)).map(rows -> rows.size() > 0);
    }

    static Uni<Integer> parts(SqlConnection transaction, String container) {
        return transaction.preparedQuery(PARTS)
                .execute(Tuple.of(container))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    static Uni<Void> insert(SqlConnection transaction, String uuid, String worker, ExternalEvent event, Place place,
            Duration life) {
        var fields = event.fields();
        var user = fields.user();
        var container = fields.container();
        long steps = container.isPresent() ? 0 : fields.steps("total_steps").orElse(1L);
        var values = Tuple.of(uuid, user.userId().isPresent() ? user.userId().getAsLong() : null, user.username(),
                event.taskId(), place.parent().orElse(null), place.top().orElse(null))
                .addInteger(place.level())
                .addInteger(place.index())
                .addBoolean(container.isPresent())
                .addString(container.map(Container::action).orElseGet(fields::action))
                .addString(fields.name())
                .addInteger(place.parent().isEmpty() ? Phase.READY : Phase.WAITING)
                .addLong(steps)
                .addLong(steps)
                .addString(worker)
                .addLong(event.sequence())
                .addInteger(container.isPresent() ? fields.parts() : null)
                .addString(user.email().orElse(null))
                .addString(user.language().orElse(null))
                .addBoolean(place.parent().isPresent())
                .addLong(ClaimTable.micros(life));
        return transaction.preparedQuery(INSERT).execute(values).replaceWithVoid();
    }

    static Uni<Void> run(SqlConnection transaction, String task, ExternalEvent event, Optional<String> state) {
        var fields = event.fields();
        var values = Tuple.of(state.orElse(null), fields.steps("total_steps").orElse(null),
                fields.steps("completed_steps").orElse(null), event.sequence(), task);
        return transaction.preparedQuery(RUN).execute(values).replaceWithVoid();
    }

    static Uni<Void> put(SqlConnection transaction, String task, ExternalEvent event) {
        return ArtifactTable.put(transaction, task, event.fields().name(), event.fields().content())
                .chain(() -> run(transaction, task, event, Optional.empty()));
    }

    static Uni<Void> retry(SqlConnection transaction, String task, long sequence) {
        return transaction.preparedQuery(RETRY).execute(Tuple.of(sequence, task)).replaceWithVoid();
    }

    static Uni<Void> finish(SqlConnection transaction, String task, String state, long sequence) {
        return transaction.preparedQuery(FINISH).execute(Tuple.of(state, sequence, task)).replaceWithVoid();
    }

    static Uni<Void> fail(SqlConnection transaction, String task, String message, long sequence) {
        return ArtifactTable.put(transaction, task, ArtifactTable.ERROR, Content.text(message))
                .chain(() -> finish(transaction, task, TaskState.FAILED, sequence));
    }

    /** Those that nothing was heard of for so long; they are locked. */
    static Uni<List<String>> silent(SqlConnection transaction, Duration longest) {
        return transaction.preparedQuery(SILENT)
                .execute(Tuple.of(ClaimTable.micros(longest)))
                .map(ClaimTable::uuids);
    }
}
