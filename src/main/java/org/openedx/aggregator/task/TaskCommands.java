package org.openedx.aggregator.task;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.transaction.Transactions;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/** What workers elsewhere are still to be told, noted in the transaction that cancelled their tasks. */
@ApplicationScoped
public class TaskCommands {

    private final Pool pool;
    private final Transactions transactions;

    TaskCommands(Pool pool, Transactions transactions) {
        this.pool = pool;
        this.transactions = transactions;
    }

    /** The oldest, which no other replica sends for so long. */
    public Uni<List<TaskCommand>> claim(int count, Duration lease) {
        long number = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        return transactions.run(transaction -> CommandTable.claim(transaction, number, count, lease));
    }

    /** The worker, or what brings it there, has it. */
    public Uni<Void> sent(TaskCommand command) {
        return CommandTable.remove(pool, command);
    }
}
