package org.openedx.aggregator.task;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.transaction.Transactions;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Gives up tasks of other systems that nothing is heard of any more. Replicas pass over the rows of each other. */
@ApplicationScoped
class ExternalTaskJob {

    private static final String SILENT = "Nothing was heard of this task for too long.";
    private static final int BATCHES = 100;

    private final Transactions transactions;
    private final TaskConfig config;

    ExternalTaskJob(Transactions transactions, TaskConfig config) {
        this.transactions = transactions;
        this.config = config;
    }

    @Scheduled(identity = "external-task", every = "${aggregator.task.silence-every:1m}", concurrentExecution = SKIP)
    Uni<Void> failSilent() {
        return Multi.createBy()
                .repeating()
                .uni(() -> transactions.run(this::failSome))
                .whilst(tasks -> !tasks.isEmpty())
                .select()
                .first(BATCHES)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<List<String>> failSome(SqlConnection transaction) {
        return ExternalTable.silent(transaction, config.longestSilence())
                .call(tasks -> fail(transaction, tasks));
    }

    private static Uni<Void> fail(SqlConnection transaction, List<String> tasks) {
        return Multi.createFrom()
                .iterable(tasks)
                .onItem()
                .transformToUniAndConcatenate(task -> fail(transaction, task))
                .onItem()
                .ignoreAsUni();
    }

    // The sequence stays: should the worker be alive after all, it is told that the task has ended.
    private static Uni<Void> fail(SqlConnection transaction, String task) {
        return ExternalTable.lock(transaction, task)
                .map(row -> row.orElseThrow(TaskNotFoundException::new))
                .invoke(row -> Log.warnf("Task %s of a worker elsewhere was silent for too long", task))
                .call(row -> ExternalTable.fail(transaction, task, SILENT, row.lastSequence()))
                .chain(row -> ContainerTable.refresh(transaction, row.parent().stream().toList()));
    }
}
