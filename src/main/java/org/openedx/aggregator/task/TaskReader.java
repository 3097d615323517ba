package org.openedx.aggregator.task;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

/** How tasks are read, each with the artifacts it has, in one statement. */
final class TaskReader {

    private static final String COLUMNS = """
            s.uuid, s.username, s.task_class, s.name, s.state, s.completed_steps, s.total_steps, s.attempts, s.created,
            s.modified, s.started, s.finished, s.version""";

    static final String ONE = "SELECT " + COLUMNS + """
            , a.uuid AS artifact FROM user_task_status s LEFT JOIN user_task_artifact a ON a.status_uuid = s.uuid
            WHERE s.uuid = ? ORDER BY a.created, a.uuid""";

    static final String PARTS = "SELECT " + COLUMNS + """
            , a.uuid AS artifact FROM user_task_status s LEFT JOIN user_task_artifact a ON a.status_uuid = s.uuid
            WHERE s.parent = ? ORDER BY s.child_index, s.uuid, a.created, a.uuid""";

    static final String RUNNING = "SELECT uuid FROM user_task_status WHERE running_fingerprint = ?";

    private TaskReader() {
    }

    /** The newest first. */
    static String page(TaskFilter filter, TaskScope scope) {
        return "SELECT " + COLUMNS + ", a.uuid AS artifact FROM (SELECT * FROM user_task_status WHERE "
                + condition(filter, scope)
                + " ORDER BY created DESC, uuid LIMIT ? OFFSET ?) s"
                + " LEFT JOIN user_task_artifact a ON a.status_uuid = s.uuid"
                + " ORDER BY s.created DESC, s.uuid, a.created, a.uuid";
    }

    static String count(TaskFilter filter, TaskScope scope) {
        return "SELECT COUNT(*) FROM user_task_status WHERE " + condition(filter, scope);
    }

    private static String condition(TaskFilter filter, TaskScope scope) {
        var conditions = new ArrayList<>(List.of(scope.condition()));
        filter.state().ifPresent(state -> conditions.add("state = ?"));
        filter.action().ifPresent(action -> conditions.add("task_class = ?"));
        filter.createdAfter().ifPresent(after -> conditions.add("created > ?"));
        return String.join(" AND ", conditions);
    }

    static Tuple values(TaskFilter filter, TaskScope scope) {
        var values = Tuple.tuple(new ArrayList<>(scope.values()));
        filter.state().ifPresent(values::addString);
        filter.action().ifPresent(values::addString);
        filter.createdAfter().ifPresent(after -> values.addLocalDateTime(LocalDateTime.ofInstant(after, ZoneOffset.UTC)));
        return values;
    }

    static List<TaskStatus> tasks(RowSet<Row> rows) {
        var byTask = new LinkedHashMap<String, List<Row>>();
        for (Row row : rows) {
            byTask.computeIfAbsent(row.getString("uuid"), uuid -> new ArrayList<>()).add(row);
        }
        return byTask.values().stream().map(TaskReader::task).toList();
    }

    private static TaskStatus task(List<Row> rows) {
        var row = rows.get(0);
        var artifacts = rows.stream()
                .map(one -> one.getString("artifact"))
                .filter(artifact -> artifact != null)
                .map(UUID::fromString)
                .toList();
        return new TaskStatus(UUID.fromString(row.getString("uuid")), row.getString("username"), row.getString("task_class"),
                row.getString("name"), row.getString("state"), row.getLong("completed_steps"), row.getLong("total_steps"),
                row.getInteger("attempts"), instant(row, "created"), instant(row, "modified"),
                Optional.ofNullable(instant(row, "started")), Optional.ofNullable(instant(row, "finished")),
                row.getLong("version"), artifacts);
    }

    static Instant instant(Row row, String column) {
        var time = row.getLocalDateTime(column);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }
}
