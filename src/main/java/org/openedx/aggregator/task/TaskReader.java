package org.openedx.aggregator.task;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

/** How tasks are read, each with the artifacts it has, in one statement. */
final class TaskReader {

    static final String COLUMNS = """
            s.uuid, s.username, s.task_class, s.name, s.state, s.completed_steps, s.total_steps, s.attempts, s.created,
            s.modified, s.started, s.finished, s.version""";

    private static final String SOME = "SELECT " + COLUMNS + """
            , a.uuid AS artifact FROM user_task_status s LEFT JOIN user_task_artifact a ON a.status_uuid = s.uuid
            WHERE s.uuid IN (%s) ORDER BY a.created, a.uuid""";

    private static final String VERSIONS = "SELECT uuid, version FROM user_task_status WHERE uuid IN (%s)";

    static final String PARTS = "SELECT " + COLUMNS + """
            , a.uuid AS artifact FROM user_task_status s LEFT JOIN user_task_artifact a ON a.status_uuid = s.uuid
            WHERE s.parent = ? ORDER BY s.child_index, s.uuid, a.created, a.uuid""";

    private TaskReader() {
    }

    /** Those that there are. */
    static Uni<Map<UUID, TaskStatus>> some(SqlClient client, List<UUID> tasks) {
        var asked = padded(tasks);
        return client.preparedQuery(SOME.formatted(marks(asked)))
                .execute(Tuple.from(asked))
                .map(TaskReader::byUuid);
    }

    /** The versions of those that there are. */
    static Uni<Map<UUID, Long>> versions(SqlClient client, List<UUID> tasks) {
        var asked = padded(tasks);
        return client.preparedQuery(VERSIONS.formatted(marks(asked)))
                .execute(Tuple.from(asked))
                .map(TaskReader::versions);
    }

    private static Map<UUID, TaskStatus> byUuid(RowSet<Row> rows) {
        return tasks(rows).stream().collect(Collectors.toMap(TaskStatus::uuid, Function.identity()));
    }

    private static Map<UUID, Long> versions(RowSet<Row> rows) {
        return rows.stream().collect(Collectors.toMap(TaskReader::uuid, row -> row.getLong("version")));
    }

    // To the next power of two, by repetition: a handful of statements to prepare instead of one for each size.
    private static List<String> padded(List<UUID> tasks) {
        int size = Integer.highestOneBit(Math.max(1, 2 * tasks.size() - 1));
        var padded = new ArrayList<>(tasks.stream().map(UUID::toString).toList());
        padded.addAll(Collections.nCopies(size - padded.size(), padded.get(0)));
        return padded;
    }

    private static String marks(List<?> values) {
        return String.join(",", Collections.nCopies(values.size(), "?"));
    }

    private static UUID uuid(Row row) {
        return UUID.fromString(row.getString("uuid"));
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
        return new TaskStatus(uuid(row), row.getString("username"), row.getString("task_class"),
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
