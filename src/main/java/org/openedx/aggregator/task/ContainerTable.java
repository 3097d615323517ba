package org.openedx.aggregator.task;

import java.util.List;
import java.util.Optional;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** What has parts follows them, on all levels, in the transaction that changes one of them. */
final class ContainerTable {

    private static final String LOCK = """
            SELECT uuid, parent, is_container, task_class, state, own_done, expected_parts FROM user_task_status
             WHERE uuid = ? AND phase < 3 AND (is_container OR expected_parts IS NOT NULL) FOR UPDATE""";

    private static final String CHILDREN = """
            SELECT uuid, task_class, is_container, phase, started IS NOT NULL AS was_started, state, completed_steps, total_steps
              FROM user_task_status WHERE parent = ? ORDER BY child_index""";

    private static final String UPDATE = """
            UPDATE user_task_status SET state = ?, completed_steps = own_completed + ?, total_steps = own_total + ?,
                   phase = IF(?, 3, phase), claim = IF(phase = 3, NULL, claim), checkpoint = IF(phase = 3, NULL, checkpoint),
                   started = IF(? = 'Pending', started, COALESCE(started, UTC_TIMESTAMP(6))),
                   running_fingerprint = IF(phase = 3, NULL, running_fingerprint),
                   finished = IF(phase = 3, UTC_TIMESTAMP(6), finished),
                   heartbeat = UTC_TIMESTAMP(6), modified = UTC_TIMESTAMP(6), version = version + 1
             WHERE uuid = ?""";

    private static final String READY = """
            UPDATE user_task_status SET phase = 1, due_at = IF(worker IS NULL, UTC_TIMESTAMP(6), due_at),
                   heartbeat = IF(worker IS NULL, heartbeat, UTC_TIMESTAMP(6)) WHERE uuid IN (%s)""";

    private static final String NAME = """
            UPDATE user_task_status SET name = ?, modified = UTC_TIMESTAMP(6), version = version + 1
             WHERE uuid = ? AND phase < 3""";

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
                        : followUp(transaction, parent(rows.iterator().next())));
    }

    private static Uni<Void> followUp(SqlConnection transaction, Parent parent) {
        return children(transaction, parent.uuid())
                .map(children -> ContainerState.of(parent, children))
                .chain(state -> write(transaction, parent.uuid(), state))
                .chain(() -> refresh(transaction, parent.parent().stream().toList()));
    }

    private static Uni<Void> write(SqlConnection transaction, String container, ContainerState state) {
        var values = Tuple.of(state.state(), state.completedSteps(), state.totalSteps(),
                TaskState.isFinished(state.state()), state.state(), container);
        return transaction.preparedQuery(UPDATE)
                .execute(values)
                .chain(() -> open(transaction, state.ready()))
                .chain(() -> TaskTable.cancel(transaction, state.canceled()))
                .chain(() -> state.failed().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : ArtifactTable.copyError(transaction, state.failed().get(), container));
    }

    // What is ready may be a container, whose first parts are ready then.
    private static Uni<Void> open(SqlConnection transaction, List<Child> ready) {
        return ready.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction.query(READY.formatted(ClaimTable.quoted(ready.stream().map(Child::uuid).toList())))
                        .execute()
                        .chain(() -> openParts(transaction, ready.stream().filter(Child::container).toList()));
    }

    private static Uni<Void> openParts(SqlConnection transaction, List<Child> containers) {
        return Multi.createFrom()
                .iterable(containers)
                .onItem()
                .transformToUniAndConcatenate(container -> openParts(transaction, container))
                .onItem()
                .ignoreAsUni();
    }

    private static Uni<Void> openParts(SqlConnection transaction, Child container) {
        return children(transaction, container.uuid())
                .map(children -> ContainerState.ready(Container.of(container.action()), children))
                .chain(ready -> open(transaction, ready));
    }

    private static Uni<List<Child>> children(SqlConnection transaction, String container) {
        return transaction.preparedQuery(CHILDREN)
                .execute(Tuple.of(container))
                .map(rows -> rows.stream().map(ContainerTable::child).toList());
    }

    private static Parent parent(Row row) {
        boolean container = row.getBoolean("is_container");
        var expected = row.getInteger("expected_parts");
        return new Parent(row.getString("uuid"), Optional.ofNullable(row.getString("parent")),
                container ? Optional.of(Container.of(row.getString("task_class"))) : Optional.empty(), row.getString("state"),
                container || row.getBoolean("own_done"), expected == null ? 1 : expected);
    }

    private static Child child(Row row) {
        return new Child(row.getString("uuid"), row.getString("task_class"), row.getBoolean("is_container"),
                row.getInteger("phase"), row.getInteger("was_started") == 1,
                row.getString("state"), row.getLong("completed_steps"), row.getLong("total_steps"));
    }
}
