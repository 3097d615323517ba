package org.openedx.aggregator.task;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.transaction.Transactions;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.mysqlclient.MySQLException;

/** The tasks that persons have started, for who may see them. */
@ApplicationScoped
public class UserTasks {

    private static final int DUPLICATE = 1062;

    private final Pool pool;
    private final Transactions transactions;
    private final TaskKinds kinds;
    private final TaskConfig config;
    private final TaskAccess access;

    UserTasks(Pool pool, Transactions transactions, TaskKinds kinds, TaskConfig config, TaskAccess access) {
        this.pool = pool;
        this.transactions = transactions;
        this.kinds = kinds;
        this.config = config;
        this.access = access;
    }

    /**
     * Has something done soon. What is being done already for the same person is not done again: the answer is the running
     * task or {@link TaskRunningException}, as the kind of task has it.
     */
    public Uni<TaskStatus> start(Requester owner, TaskRequest request) {
        return start(task(owner, request), List.of(), kinds.of(request.action()).joinsRunning());
    }

    /** Has several things done that are shown as one; fails with {@link TaskRunningException} if they are being done. */
    public Uni<TaskStatus> start(Requester owner, Container kind, String name, List<TaskRequest> requests) {
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("A container has at least one task");
        }
        var tasks = requests.stream().map(request -> task(owner, request)).toList();
        var container = NewTask.container(owner, kind, name, tasks);
        var children = IntStream.range(0, tasks.size())
                .mapToObj(index -> tasks.get(index).in(container, index))
                .toList();
        return start(container, children, false);
    }

    /** Fails with {@link TaskNotFoundException} if there is none that the viewer may see. */
    public Uni<TaskStatus> find(UUID task, TaskViewer viewer) {
        return find(task, viewer, TaskPermission.VIEW);
    }

    private Uni<TaskStatus> find(UUID task, TaskViewer viewer, TaskPermission wanted) {
        return pool.preparedQuery(TaskReader.ONE)
                .execute(Tuple.of(task.toString()))
                .map(TaskReader::tasks)
                .map(found -> found.stream().findFirst().orElseThrow(TaskNotFoundException::new))
                .call(found -> access.require(task.toString(), found.username(), viewer, wanted));
    }

    /** What a viewer may do with a task; nothing at all with one that they may not see. */
    public Uni<Set<TaskPermission>> permissions(TaskStatus task, TaskViewer viewer) {
        return access.of(task.uuid().toString(), task.username(), viewer);
    }

    /** The tasks of a container, in their order; none if it is no container. Who may see it may see them. */
    public Uni<List<TaskStatus>> parts(UUID container) {
        return pool.preparedQuery(TaskReader.PARTS)
                .execute(Tuple.of(container.toString()))
                .map(TaskReader::tasks);
    }

    /** The newest first; parts of containers are not in it, unless they are shared themselves. */
    public Uni<List<TaskStatus>> list(TaskFilter filter, long offset, int limit) {
        return access.scope(filter)
                .chain(scope -> pool.preparedQuery(TaskReader.page(filter, scope))
                        .execute(TaskReader.values(filter, scope).addInteger(limit).addLong(offset)))
                .map(TaskReader::tasks);
    }

    public Uni<Long> count(TaskFilter filter) {
        return access.scope(filter)
                .chain(scope -> pool.preparedQuery(TaskReader.count(filter, scope)).execute(TaskReader.values(filter, scope)))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /**
     * Cancels a task with its parts, or, of one that is finished, says how it ended. A part takes its container with it.
     * Fails with {@link TaskForbiddenException} if the viewer may only look on.
     */
    public Uni<TaskStatus> cancel(UUID task, TaskViewer viewer) {
        return find(task, viewer, TaskPermission.CANCEL)
                .call(found -> found.isFinished() ? Uni.createFrom().voidItem() : cancelNow(task))
                .chain(() -> find(task, TaskViewer.ofService()));
    }

    /**
     * Cancels a task and removes it with its parts, artifacts and files. Fails with {@link TaskForbiddenException} if the
     * viewer may only look on.
     */
    public Uni<Void> delete(UUID task, TaskViewer viewer) {
        return find(task, viewer, TaskPermission.DELETE)
                .chain(() -> deleteNow(task));
    }

    private Uni<Void> cancelNow(UUID task) {
        return transactions.run(transaction -> TaskTable.cancelAll(transaction, task.toString()));
    }

    private Uni<Void> deleteNow(UUID task) {
        return transactions.run(transaction -> cancelAndDelete(transaction, task.toString()));
    }

    private static Uni<Void> cancelAndDelete(SqlConnection transaction, String task) {
        return TaskTable.cancelAll(transaction, task)
                .chain(() -> TaskTable.delete(transaction, List.of(task)));
    }

    private NewTask task(Requester owner, TaskRequest request) {
        if (request.parameters().encode().length() > config.maxParameters()) {
            throw new IllegalArgumentException("The parameters of a task are too long");
        }
        return NewTask.of(owner, kinds.of(request.action()), new JsonObject(request.parameters().encode()));
    }

    private Uni<TaskStatus> start(NewTask task, List<NewTask> children, boolean joins) {
        return transactions.run(transaction -> insert(transaction, task, children))
                .replaceWith(UUID.fromString(task.uuid()))
                .onFailure(UserTasks::isDuplicate)
                .recoverWithUni(duplicate -> running(task, joins))
                .chain(uuid -> find(uuid, TaskViewer.ofService()));
    }

    private Uni<Void> insert(SqlConnection transaction, NewTask task, List<NewTask> children) {
        long life = ClaimTable.micros(config.maxAge());
        return TaskTable.insert(transaction, task, life)
                .chain(() -> insertAll(transaction, children, life))
                .chain(() -> ContainerTable.refresh(transaction, task.isContainer() ? List.of(task.uuid()) : List.of()));
    }

    private static Uni<Void> insertAll(SqlConnection transaction, List<NewTask> tasks, long life) {
        return Multi.createFrom()
                .iterable(tasks)
                .onItem()
                .transformToUniAndConcatenate(task -> TaskTable.insert(transaction, task, life))
                .onItem()
                .ignoreAsUni();
    }

    private static boolean isDuplicate(Throwable failure) {
        return failure instanceof MySQLException error && error.getErrorCode() == DUPLICATE;
    }

    // It may have finished in the meantime; then there is nothing to join, and the next request starts one.
    private Uni<UUID> running(NewTask task, boolean joins) {
        return pool.preparedQuery(TaskReader.RUNNING)
                .execute(Tuple.of(task.fingerprint()))
                .map(ClaimTable::uuids)
                .map(uuids -> uuids.stream().map(UUID::fromString).findFirst().orElseThrow(TaskNotFoundException::new))
                .invoke(uuid -> refuseUnless(joins, uuid));
    }

    private static void refuseUnless(boolean joins, UUID running) {
        if (!joins) {
            throw new TaskRunningException(running);
        }
    }
}
