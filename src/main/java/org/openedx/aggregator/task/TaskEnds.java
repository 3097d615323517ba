package org.openedx.aggregator.task;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.transaction.Batches;
import org.openedx.aggregator.transaction.Transactions;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** The good ends of tasks, of which short ones reach a thousand in a second: those that come together share a transaction. */
@ApplicationScoped
class TaskEnds {

    // With two, most would have but one task.
    private static final int TRANSACTIONS_AT_ONCE = 1;
    private static final int TASKS_PER_TRANSACTION = 64;

    private final Transactions transactions;
    private final Batches<Claim, Boolean> batches = new Batches<>(TRANSACTIONS_AT_ONCE, TASKS_PER_TRANSACTION,
            this::succeedAll);

    TaskEnds(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Whether all that is left to write is that the task has succeeded. */
    static boolean isPlain(Claim claim, Step last) {
        return claim.parent().isEmpty() && !claim.parts() && last.added() == 0 && last.name().isEmpty();
    }

    /** Fails with {@link ClaimLostException}. */
    Uni<Void> succeed(Claim claim) {
        return batches.add(claim)
                .invoke(TaskEnds::requireHeld)
                .replaceWithVoid();
    }

    private static void requireHeld(boolean held) {
        if (!held) {
            throw new ClaimLostException();
        }
    }

    private Uni<List<Boolean>> succeedAll(List<Claim> claims) {
        return transactions.run(transaction -> succeedHeld(transaction, claims))
                .map(held -> claims.stream().map(held::contains).toList());
    }

    private static Uni<List<Claim>> succeedHeld(SqlConnection transaction, List<Claim> claims) {
        return ClaimTable.held(transaction, claims)
                .call(held -> ClaimTable.succeed(transaction, held));
    }
}
