package org.openedx.aggregator.task;

import java.util.List;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** Containers follow their tasks, in the transaction that changes one of these. */
final class ContainerTable {

    private static final String LOCK = "SELECT task_class FROM user_task_status WHERE uuid = ? AND phase = 0 FOR UPDATE";

    private static final String CHILDREN = """
            SELECT uuid, phase, started IS NOT NULL AS was_started, state, completed_steps, total_steps
              FROM user_task_status WHERE parent = ? ORDER BY child_index""";

    private static final String UPDATE = """
            UPDATE user_task_status SET state = ?, completed_steps = ?, total_steps = ?, phase = IF(?, 3, phase),
                   started = IF(? = 'Pending', started, COALESCE(started, UTC_TIMESTAMP(6))),
                   running_fingerprint = IF(phase = 3, NULL, running_fingerprint),
                   finished = IF(phase = 3, UTC_TIMESTAMP(6), finished),
                   modified = UTC_TIMESTAMP(6), version = version + 1
             WHERE uuid = ?""";

    private static final String READY = "UPDATE user_task_status SET phase = 1, due_at = UTC_TIMESTAMP(6) WHERE uuid IN (%s)";

    private static final String NAME = """
            UPDATE user_task_status SET name = ?, modified = UTC_TIMESTAMP(6), version = version + 1
             WHERE uuid = ? AND phase = 0""";

    private static final String PARENT = "SELECT parent FROM user_task_status WHERE uuid = ? AND parent IS NOT NULL";

    private ContainerTable() {
    }

    /** After changes of tasks in some containers. */
    static Uni<Void> refresh(SqlConnection transaction, List<String> containers) {
        return Multi.createFrom()
                .iterable(containers.stream().distinct().sorted().toList())
                .onItem()
                .transformToUniAndConcatenate(container -> refresh(transaction, container))
                .onItem()
                .ignoreAsUni();
    }

    /** A task's name is its container's, and so on up. */
    static Uni<Void> name(SqlConnection transaction, String container, String name) {
        return transaction.preparedQuery(NAME)
                .execute(Tuple.of(name, container))
                .chain(() -> transaction.preparedQuery(PARENT).execute(Tuple.of(container)))
                .map(ClaimTable::uuids)
                .chain(parents -> parents.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : name(transaction, parents.get(0), name));
    }

    private static Uni<Void> refresh(SqlConnection transaction, String container) {
        return transaction.preparedQuery(LOCK)
                .execute(Tuple.of(container))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().voidItem()
                        : follow(transaction, container, Container.of(rows.iterator().next().getString(0))));
    }

    private static Uni<Void> follow(SqlConnection transaction, String container, Container kind) {
        return transaction.preparedQuery(CHILDREN)
                .execute(Tuple.of(container))
                .map(ContainerTable::children)
                .map(children -> ContainerState.of(kind, children))
                .chain(state -> write(transaction, container, state));
    }

    private static Uni<Void> write(SqlConnection transaction, String container, ContainerState state) {
        var values = Tuple.of(state.state(), state.completedSteps(), state.totalSteps(),
                TaskState.isFinished(state.state()), state.state(), container);
        return transaction.preparedQuery(UPDATE)
                .execute(values)
                .chain(() -> state.ready().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : transaction.query(READY.formatted(ClaimTable.quoted(state.ready()))).execute().replaceWithVoid())
                .chain(() -> TaskTable.cancel(transaction, state.canceled()))
                .chain(() -> state.failed().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : ArtifactTable.copyError(transaction, state.failed().get(), container));
    }

    private static List<Child> children(RowSet<Row> rows) {
        return rows.stream().map(ContainerTable::child).toList();
    }

    private static Child child(Row row) {
        return new Child(row.getString("uuid"), row.getInteger("phase"), row.getInteger("was_started") == 1,
                row.getString("state"), row.getLong("completed_steps"), row.getLong("total_steps"));
    }
}
