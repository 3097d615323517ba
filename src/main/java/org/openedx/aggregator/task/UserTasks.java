package org.openedx.aggregator.task;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.transaction.Transactions;

import io.smallrye.mutiny.Uni;
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
    private final NewTasks newTasks;
    private final TaskAccess access;

    UserTasks(Pool pool, Transactions transactions, TaskKinds kinds, NewTasks newTasks, TaskAccess access) {
        this.pool = pool;
        this.transactions = transactions;
        this.kinds = kinds;
        this.newTasks = newTasks;
        this.access = access;
    }

    /**
     * Has something done soon. What is being done already for the same person is not done again: the answer is the running
     * task or {@link TaskRunningException}, as the kind of task has it.
     */
    public Uni<TaskStatus> start(Requester owner, TaskRequest request) {
        return begin(owner, request);
    }

    /**
     * Has several things done that are shown as one, and may be several again, at most 5 deep; joined or refused, if they
     * are being done, as their kinds have it.
     */
    public Uni<TaskStatus> start(Requester owner, Container kind, String name, List<? extends TaskPlan> parts) {
        return begin(owner, new TaskContainer(kind, name, parts));
    }

    private Uni<TaskStatus> begin(Requester owner, TaskPlan plan) {
        return start(newTasks.of(owner, plan, Place.ALONE), kinds.joinRunning(plan));
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
                .call(found -> found.isFinished() ? Uni.createFrom().voidItem() : cancelNow(task, viewer))
                .chain(() -> find(task, TaskViewer.ofService()));
    }

    /**
     * Cancels a task and removes it with its parts, artifacts and files. Fails with {@link TaskForbiddenException} if the
     * viewer may only look on.
     */
    public Uni<Void> delete(UUID task, TaskViewer viewer) {
        return find(task, viewer, TaskPermission.DELETE)
                .chain(() -> deleteNow(task, viewer));
    }

    private Uni<Void> cancelNow(UUID task, TaskViewer viewer) {
        return transactions.run(transaction -> TaskTable.cancelAll(transaction, task.toString(), viewer));
    }

    private Uni<Void> deleteNow(UUID task, TaskViewer viewer) {
        return transactions.run(transaction -> cancelAndDelete(transaction, task.toString(), viewer));
    }

    private static Uni<Void> cancelAndDelete(SqlConnection transaction, String task, TaskViewer viewer) {
        return TaskTable.cancelAll(transaction, task, viewer)
                .chain(() -> TaskTable.delete(transaction, List.of(task)));
    }

    private Uni<TaskStatus> start(List<NewTask> tasks, boolean joins) {
        var task = tasks.get(0);
        return transactions.run(transaction -> insert(transaction, tasks))
                .replaceWith(UUID.fromString(task.uuid()))
                .onFailure(UserTasks::isDuplicate)
                .recoverWithUni(duplicate -> running(task, joins))
                .chain(uuid -> find(uuid, TaskViewer.ofService()));
    }

    private Uni<Void> insert(SqlConnection transaction, List<NewTask> tasks) {
        return newTasks.insert(transaction, tasks)
                .chain(() -> ContainerTable.refresh(transaction, tasks.size() == 1 ? List.of() : List.of(tasks.get(0).uuid())));
    }

    static boolean isDuplicate(Throwable failure) {
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
