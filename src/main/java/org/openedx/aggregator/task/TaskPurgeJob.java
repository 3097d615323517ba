package org.openedx.aggregator.task;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.lease.Leases;
import org.openedx.aggregator.transaction.Transactions;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Removes finished tasks that are too old, and files that are nobody's. */
@ApplicationScoped
class TaskPurgeJob {

    private static final Duration LEASE = Duration.ofMinutes(5);
    // Some 20,000 of each in one run; the next goes on.
    private static final int BATCHES = 100;

    private final Leases leases;
    private final Transactions transactions;
    private final TaskFiles files;
    private final TaskConfig config;

    TaskPurgeJob(Leases leases, Transactions transactions, TaskFiles files, TaskConfig config) {
        this.leases = leases;
        this.transactions = transactions;
        this.files = files;
        this.config = config;
    }

    @Scheduled(identity = "user-task-purge", every = "${aggregator.task.purge-every:10m}", concurrentExecution = SKIP)
    Uni<Void> purge() {
        return leases.hold("user-task-purge", LEASE)
                .chain(held -> held ? purgeAll() : Uni.createFrom().voidItem());
    }

    Uni<Void> purgeAll() {
        return untilNone(transactions.run(transaction -> TaskTable.forget(transaction, config.maxAge())))
                .chain(() -> untilNone(transactions.run(this::purgeSome)))
                .invoke(removed -> log(removed, "old tasks"))
                .chain(() -> untilNone(files.sweep()))
                .invoke(removed -> log(removed, "files of removed tasks"))
                .replaceWithVoid();
    }

    private static Uni<Integer> untilNone(Uni<Integer> batch) {
        return Multi.createBy()
                .repeating()
                .uni(() -> batch)
                .whilst(removed -> removed > 0)
                .select()
                .first(BATCHES)
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    private Uni<Integer> purgeSome(SqlConnection transaction) {
        return TaskTable.expired(transaction)
                .call(tasks -> tasks.isEmpty() ? Uni.createFrom().voidItem() : TaskTable.delete(transaction, tasks))
                .map(List::size);
    }

    private static void log(int removed, String what) {
        if (removed > 0) {
            Log.infof("Removed %d %s", removed, what);
        }
    }
}
