package org.openedx.aggregator.task;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.transaction.Transactions;

import io.quarkus.arc.All;
import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Tells the listeners which tasks have stopped, whichever replica stopped them. */
@ApplicationScoped
class TaskEndJob {

    private static final int BATCH = 500;
    // Some 50,000 tasks in one run; the next goes on.
    private static final int BATCHES = 100;

    private final Transactions transactions;
    private final List<TaskListener> listeners;

    TaskEndJob(Transactions transactions, @All List<TaskListener> listeners) {
        this.transactions = transactions;
        this.listeners = listeners;
    }

    @Scheduled(identity = "user-task-end", every = "${aggregator.task.tell-every:1s}", concurrentExecution = SKIP)
    Uni<Void> tell() {
        return tellAll()
                .onFailure()
                .invoke(failure -> Log.error("The ends of tasks could not be told; they are told again soon", failure))
                .onFailure()
                .recoverWithNull();
    }

    Uni<Void> tellAll() {
        return Multi.createBy()
                .repeating()
                .uni(() -> transactions.run(this::tellSome))
                .whilst(told -> told == BATCH)
                .select()
                .first(BATCHES)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Integer> tellSome(SqlConnection transaction) {
        return EndTable.take(transaction, BATCH)
                .call(tasks -> tasks.isEmpty() ? Uni.createFrom().voidItem() : tell(transaction, tasks))
                .map(List::size);
    }

    private Uni<Void> tell(SqlConnection transaction, List<StoppedTask> tasks) {
        return Multi.createFrom()
                .iterable(listeners)
                .onItem()
                .transformToUniAndConcatenate(listener -> listener.onStopped(transaction, tasks))
                .onItem()
                .ignoreAsUni();
    }
}
