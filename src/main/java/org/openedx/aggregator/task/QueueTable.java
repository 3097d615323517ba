package org.openedx.aggregator.task;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.openedx.aggregator.task.Turns.Waiting;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** What waits for a replica; each look reads little more than it returns, however much waits. */
final class QueueTable {

    private static final String RUNNING = """
            SELECT username, COUNT(*) AS running FROM user_task_status FORCE INDEX (turns) WHERE queue = 2 GROUP BY username""";

    private static final String FIRST = """
            SELECT uuid, username, priority, due_at, child_index FROM user_task_status FORCE INDEX (claims)
             WHERE queue = 1 AND due_at <= UTC_TIMESTAMP(6) AND task_class IN (%s)
             ORDER BY priority DESC, due_at, child_index LIMIT ?""";

    private static final String FIRST_OF = """
            SELECT uuid, username, priority, due_at, child_index FROM user_task_status FORCE INDEX (turns)
             WHERE queue = 1 AND due_at <= UTC_TIMESTAMP(6) AND task_class IN (%s) AND username = ?
             ORDER BY priority DESC, due_at, child_index LIMIT ?""";

    private static final String PERSON_AFTER = """
            SELECT username FROM user_task_status FORCE INDEX (turns) WHERE queue = 1 AND username > ?
             ORDER BY username LIMIT 1""";

    private QueueTable() {
    }

    /** How many tasks of whom the replicas run. */
    static Uni<Map<String, Integer>> running(SqlConnection connection) {
        return connection.query(RUNNING)
                .execute()
                .map(QueueTable::counts);
    }

    /** Those of the highest priority, and of these those that wait for longest. */
    static Uni<List<Waiting>> first(SqlConnection connection, Collection<String> actions, int count) {
        return connection.preparedQuery(FIRST.formatted(marks(actions)))
                .execute(Tuple.from(new ArrayList<Object>(actions)).addInteger(count))
                .map(QueueTable::waiting);
    }

    static Uni<List<Waiting>> firstOf(SqlConnection connection, String username, Collection<String> actions, int count) {
        return connection.preparedQuery(FIRST_OF.formatted(marks(actions)))
                .execute(Tuple.from(new ArrayList<Object>(actions)).addString(username).addInteger(count))
                .map(QueueTable::waiting);
    }

    /** Who is next, by name, of those who wait for something. */
    static Uni<Optional<String>> personAfter(SqlConnection connection, String username) {
        return connection.preparedQuery(PERSON_AFTER)
                .execute(Tuple.of(username))
                .map(rows -> ClaimTable.uuids(rows).stream().findFirst());
    }

    private static Map<String, Integer> counts(RowSet<Row> rows) {
        return rows.stream().collect(Collectors.toMap(row -> row.getString(0), row -> row.getInteger(1)));
    }

    private static String marks(Collection<String> actions) {
        return String.join(",", Collections.nCopies(actions.size(), "?"));
    }

    private static List<Waiting> waiting(RowSet<Row> rows) {
        return rows.stream().map(QueueTable::waiting).toList();
    }

    private static Waiting waiting(Row row) {
        return new Waiting(row.getString("uuid"), row.getString("username"), row.getInteger("priority"),
                row.getLocalDateTime("due_at"), row.getInteger("child_index"));
    }
}
