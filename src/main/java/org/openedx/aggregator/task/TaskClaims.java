package org.openedx.aggregator.task;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.task.ArtifactTable.Content;
import org.openedx.aggregator.transaction.Batches;
import org.openedx.aggregator.transaction.Transactions;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** What a replica does with the tasks it holds. Every write fails with why, if it does not hold the task any more. */
@ApplicationScoped
class TaskClaims {

    private static final String STATE = "SELECT state FROM user_task_status WHERE uuid = ?";

    private static final int WINDOW = 128;
    private static final int STEPS = 16;

    private final Pool pool;
    private final Transactions transactions;
    private final TaskKinds kinds;
    private final TaskConfig config;
    private final SubTasks subTasks;
    private final TaskEnds ends;
    private final TaskQueue queue;
    private final Batches<Integer, Optional<Claim>> workers;

    TaskClaims(Pool pool, Transactions transactions, TaskKinds kinds, TaskConfig config, SubTasks subTasks, TaskEnds ends) {
        this.pool = pool;
        this.transactions = transactions;
        this.kinds = kinds;
        this.config = config;
        this.subTasks = subTasks;
        this.ends = ends;
        this.queue = new TaskQueue(kinds.actions(), config.runningPerUser(), WINDOW, STEPS);
        this.workers = new Batches<>(1, config.parallelism(), this::claimForEach);
    }

    /** Takes up to so many tasks that this replica can do. */
    Uni<List<Claim>> claim(int count) {
        if (count == 0 || kinds.actions().isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        long number = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        return transactions.run(transaction -> claim(transaction, count, number));
    }

    private Uni<List<Claim>> claim(SqlConnection transaction, int count, long number) {
        return queue.next(transaction, count)
                .chain(candidates -> ClaimTable.take(transaction, candidates, number, config.lease()))
                .call(claims -> refreshContainers(transaction, claims));
    }

    /** Takes one task; workers that ask together share a transaction. */
    Uni<Optional<Claim>> claimOne() {
        return workers.add(1);
    }

    private Uni<List<Optional<Claim>>> claimForEach(List<Integer> workers) {
        return claim(workers.size())
                .map(found -> forEach(workers.size(), found));
    }

    private static List<Optional<Claim>> forEach(int workers, List<Claim> found) {
        return IntStream.range(0, workers)
                .mapToObj(worker -> worker < found.size() ? Optional.of(found.get(worker)) : Optional.<Claim> empty())
                .toList();
    }

    /** Lets the tasks of dead replicas be tried again, or gives them up. */
    Uni<Integer> recoverLost() {
        return transactions.run(this::recoverLost);
    }

    private Uni<Integer> recoverLost(SqlConnection transaction) {
        return ClaimTable.lost(transaction)
                .call(claims -> recover(transaction, claims))
                .map(List::size);
    }

    private Uni<Void> recover(SqlConnection transaction, List<Claim> claims) {
        return Multi.createFrom()
                .iterable(claims)
                .onItem()
                .transformToUniAndConcatenate(claim -> retryOrFail(transaction, claim, interrupted(claim)))
                .onItem()
                .ignoreAsUni();
    }

    Uni<Void> write(Claim claim, Step step) {
        if (step.isNone()) {
            return fenced(claim, ClaimTable.heartbeat(pool, claim, config.lease()));
        }
        if (claim.parent().isEmpty()) {
            return fenced(claim, ClaimTable.write(pool, claim, step, config.lease()));
        }
        return inTransaction(claim, step, transaction -> Uni.createFrom().voidItem());
    }

    Uni<Void> begin(Claim claim, Step before, int steps) {
        return inTransaction(claim, before, transaction -> ClaimTable.begin(transaction, claim, steps));
    }

    Uni<Void> succeed(Claim claim, Step last) {
        return TaskEnds.isPlain(claim, last)
                ? fenced(claim, ends.succeed(claim))
                : inTransaction(claim, last, transaction -> succeed(transaction, claim));
    }

    /** Has others do a part of the task. */
    Uni<Void> start(Claim claim, List<? extends TaskPlan> parts) {
        return inTransaction(claim, Step.NONE, transaction -> subTasks.add(transaction, claim.uuid(), parts));
    }

    private static Uni<Void> succeed(SqlConnection transaction, Claim claim) {
        return ClaimTable.finish(transaction, claim, TaskState.SUCCEEDED)
                .chain(() -> ContainerTable.refresh(transaction, claim.parts() ? List.of(claim.uuid()) : List.of()));
    }

    Uni<Void> fail(Claim claim, Step last, String message) {
        return inTransaction(claim, last, transaction -> fail(transaction, claim, message));
    }

    Uni<Void> retryOrFail(Claim claim, Step last, String message) {
        return inTransaction(claim, last, transaction -> retryOrFail(transaction, claim, message));
    }

    /** Lets another replica go on with a task at once; an attempt that this one could not end is none. */
    Uni<Void> handBack(Claim claim, Step last) {
        return inTransaction(claim, last, transaction -> ClaimTable.handBack(transaction, claim));
    }

    Uni<Void> add(Claim claim, String name, Content content) {
        return inTransaction(claim, Step.NONE, transaction -> ArtifactTable.put(transaction, claim.uuid(), name, content));
    }

    private interface Work {

        Uni<Void> in(SqlConnection transaction);
    }

    private Uni<Void> inTransaction(Claim claim, Step step, Work work) {
        return fenced(claim, transactions.run(transaction -> write(transaction, claim, step, work)));
    }

    private Uni<Void> write(SqlConnection transaction, Claim claim, Step step, Work work) {
        return ClaimTable.write(transaction, claim, step, config.lease())
                .chain(() -> nameContainer(transaction, claim, step))
                .chain(() -> work.in(transaction))
                .chain(() -> refreshContainers(transaction, List.of(claim)));
    }

    private static Uni<Void> nameContainer(SqlConnection transaction, Claim claim, Step step) {
        return claim.parent().isPresent() && step.name().isPresent()
                ? ContainerTable.name(transaction, claim.parent().get(), step.name().get())
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> retryOrFail(SqlConnection transaction, Claim claim, String message) {
        return claim.attempt() < config.maxAttempts()
                ? ClaimTable.retry(transaction, claim, wait(claim.attempt()))
                : fail(transaction, claim, message);
    }

    private static Uni<Void> fail(SqlConnection transaction, Claim claim, String message) {
        return ArtifactTable.put(transaction, claim.uuid(), ArtifactTable.ERROR, Content.text(message))
                .chain(() -> ClaimTable.finish(transaction, claim, TaskState.FAILED))
                .chain(() -> claim.parts()
                        ? TaskTable.cancelBelow(transaction, claim.uuid())
                        : Uni.createFrom().voidItem())
                .chain(() -> refreshContainers(transaction, List.of(claim)));
    }

    private Duration wait(int attempt) {
        var doubled = config.retryAfter().multipliedBy(1L << Math.min(attempt - 1, 20));
        return doubled.compareTo(config.longestRetry()) < 0 ? doubled : config.longestRetry();
    }

    private static String interrupted(Claim claim) {
        Log.warnf("Task %s (%s) was not heard of any more in attempt %d", claim.uuid(), claim.action(), claim.attempt());
        return "The task was interrupted again and again and is not tried any more.";
    }

    private static Uni<Void> refreshContainers(SqlConnection transaction, List<Claim> claims) {
        return ContainerTable.refresh(transaction, claims.stream().flatMap(claim -> claim.parent().stream()).toList());
    }

    // A claim ends when the task is cancelled, too.
    private Uni<Void> fenced(Claim claim, Uni<Void> write) {
        return write
                .onFailure(ClaimLostException.class)
                .recoverWithUni(lost -> tellWhy(claim, lost));
    }

    private Uni<Void> tellWhy(Claim claim, Throwable lost) {
        return pool.preparedQuery(STATE)
                .execute(Tuple.of(claim.uuid()))
                .map(ClaimTable::uuids)
                .onItem()
                .failWith(states -> states.contains(TaskState.CANCELED) ? new TaskCanceledException() : lost)
                .replaceWithVoid();
    }
}
