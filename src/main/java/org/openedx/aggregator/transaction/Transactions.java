package org.openedx.aggregator.transaction;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mysqlclient.MySQLException;

/**
 * Runs steps on one connection in one transaction. All are READ COMMITTED ({@link ImpatientPool}): what a step locks is what
 * it touched, so ingest and aggregation do not wait for each other's gaps. A transaction that the database gave up for a
 * deadlock or a lock time-out runs again from its first step.
 */
@ApplicationScoped
public class Transactions {

    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int DEADLOCK = 1213;
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(20);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(1);
    private static final int REPETITIONS = 8;

    private final Pool pool;

    Transactions(Pool pool) {
        this.pool = pool;
    }

    /** The steps must be repeatable and touch nothing but the given connection. */
    public <T> Uni<T> run(Function<SqlConnection, Uni<T>> steps) {
        return pool.withConnection(connection -> attempt(connection, steps))
                .onFailure(Transactions::gaveWay)
                .retry()
                .withBackOff(FIRST_BACK_OFF, LONGEST_BACK_OFF)
                .atMost(REPETITIONS);
    }

    private static <T> Uni<T> attempt(SqlConnection connection, Function<SqlConnection, Uni<T>> steps) {
        return connection.begin()
                .chain(transaction -> commitOrRollBack(transaction, steps.apply(connection)));
    }

    private static <T> Uni<T> commitOrRollBack(Transaction transaction, Uni<T> work) {
        return work
                .onFailure()
                .call(() -> rollBack(transaction))
                .call(transaction::commit);
    }

    // The failure that led here is the one to tell; a connection that is gone has rolled back by itself.
    private static Uni<Void> rollBack(Transaction transaction) {
        return transaction.rollback()
                .onFailure()
                .recoverWithNull();
    }

    private static boolean gaveWay(Throwable failure) {
        return failure instanceof MySQLException error && Set.of(LOCK_WAIT_TIMEOUT, DEADLOCK).contains(error.getErrorCode());
    }
}
