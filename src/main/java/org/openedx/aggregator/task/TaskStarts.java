package org.openedx.aggregator.task;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.transaction.Batches;
import org.openedx.aggregator.transaction.Transactions;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** New tasks, of which there may come a thousand in a second: those that come together share a transaction. */
@ApplicationScoped
class TaskStarts {

    private static final int TRANSACTIONS_AT_ONCE = 2;
    private static final int TASKS_PER_TRANSACTION = 64;

    private final Transactions transactions;
    private final TaskConfig config;
    private final TaskKinds kinds;
    private final NewTasks newTasks;
    private final Batches<NewTask, Uni<Started>> batches = new Batches<>(TRANSACTIONS_AT_ONCE, TASKS_PER_TRANSACTION,
            this::startAll);

    TaskStarts(Transactions transactions, TaskConfig config, TaskKinds kinds, NewTasks newTasks) {
        this.transactions = transactions;
        this.config = config;
        this.kinds = kinds;
        this.newTasks = newTasks;
    }

    /**
     * The task that does what was wished.
     *
     * @param isNew false if it was being done already
     */
    private record Started(TaskStatus task, boolean isNew) {
    }

    /** Fails with {@link TaskRunningException} if it is being done and its kinds do not have it joined. */
    Uni<TaskStatus> start(Requester owner, TaskPlan plan) {
        boolean joins = kinds.joinRunning(plan);
        return start(newTasks.of(owner, plan, Place.ALONE))
                .invoke(started -> refuseUnless(joins || started.isNew(), started.task().uuid()))
                .map(Started::task);
    }

    private static void refuseUnless(boolean allowed, UUID running) {
        if (!allowed) {
            throw new TaskRunningException(running);
        }
    }

    private Uni<Started> start(List<NewTask> tasks) {
        return tasks.size() == 1
                ? batches.add(tasks.get(0)).chain(started -> started)
                : transactions.run(transaction -> storeContainer(transaction, tasks));
    }

    private Uni<Started> storeContainer(SqlConnection transaction, List<NewTask> tasks) {
        var container = tasks.get(0);
        return NewTaskTable.insertUnlessRunning(transaction, List.of(container), config.maxAge())
                .call(running -> running.containsValue(container.uuid())
                        ? storeParts(transaction, tasks)
                        : Uni.createFrom().voidItem())
                .chain(running -> read(transaction, List.of(container), running))
                .map(started -> started.get(0));
    }

    private Uni<Void> storeParts(SqlConnection transaction, List<NewTask> tasks) {
        return newTasks.insert(transaction, tasks.subList(1, tasks.size()))
                .chain(() -> ContainerTable.refresh(transaction, List.of(tasks.get(0).uuid())));
    }

    // One that cannot be stored does not keep the others from it.
    private Uni<List<Uni<Started>>> startAll(List<NewTask> tasks) {
        return storeAll(tasks)
                .map(TaskStarts::items)
                .onFailure(failure -> tasks.size() > 1)
                .recoverWithItem(() -> eachAlone(tasks));
    }

    private static List<Uni<Started>> items(List<Started> started) {
        return started.stream().map(one -> Uni.createFrom().item(one)).toList();
    }

    private List<Uni<Started>> eachAlone(List<NewTask> tasks) {
        return tasks.stream().map(this::startAlone).toList();
    }

    private Uni<Started> startAlone(NewTask task) {
        return storeAll(List.of(task))
                .map(started -> started.get(0));
    }

    private Uni<List<Started>> storeAll(List<NewTask> tasks) {
        return transactions.run(transaction -> storeAll(transaction, tasks));
    }

    private Uni<List<Started>> storeAll(SqlConnection transaction, List<NewTask> tasks) {
        return NewTaskTable.insertUnlessRunning(transaction, tasks, config.maxAge())
                .chain(running -> read(transaction, tasks, running));
    }

    private static Uni<List<Started>> read(SqlConnection transaction, List<NewTask> tasks, Map<String, String> running) {
        return TaskReader.some(transaction, uuids(running))
                .map(found -> started(tasks, running, found));
    }

    private static List<UUID> uuids(Map<String, String> running) {
        return running.values().stream().map(UUID::fromString).toList();
    }

    private static List<Started> started(List<NewTask> tasks, Map<String, String> running, Map<UUID, TaskStatus> found) {
        return tasks.stream().map(task -> started(task, running.get(task.fingerprint()), found)).toList();
    }

    private static Started started(NewTask task, String running, Map<UUID, TaskStatus> found) {
        return new Started(found.get(UUID.fromString(running)), running.equals(task.uuid()));
    }
}
