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

/** The tasks that persons have started, for who may see them. */
@ApplicationScoped
public class UserTasks {

    private final Pool pool;
    private final Transactions transactions;
    private final TaskAccess access;
    private final TaskReads reads;
    private final TaskStarts starts;

    UserTasks(Pool pool, Transactions transactions, TaskAccess access, TaskReads reads, TaskStarts starts) {
        this.pool = pool;
        this.transactions = transactions;
        this.access = access;
        this.reads = reads;
        this.starts = starts;
    }

    /**
     * Has something done soon. What is being done already for the same person is not done again: the answer is the running
     * task or {@link TaskRunningException}, as the kind of task has it.
     */
    public Uni<TaskStatus> start(Requester owner, TaskRequest request) {
        return starts.start(owner, request);
    }

    /**
     * Has several things done that are shown as one, and may be several again, at most 5 deep; joined or refused, if they
     * are being done, as their kinds have it.
     */
    public Uni<TaskStatus> start(Requester owner, Container kind, String name, List<? extends TaskPlan> parts) {
        return starts.start(owner, new TaskContainer(kind, name, parts));
    }

    /** Fails with {@link TaskNotFoundException} if there is none that the viewer may see. */
    public Uni<TaskStatus> find(UUID task, TaskViewer viewer) {
        return find(task, viewer, TaskPermission.VIEW);
    }

    private Uni<TaskStatus> find(UUID task, TaskViewer viewer, TaskPermission wanted) {
        return reads.of(task)
                .map(found -> found.orElseThrow(TaskNotFoundException::new))
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
}
