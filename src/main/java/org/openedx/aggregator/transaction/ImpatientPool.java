package org.openedx.aggregator.transaction;

import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import io.quarkus.logging.Log;
import io.quarkus.reactive.mysql.client.MySQLPoolCreator;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;

/**
 * Makes the pool: nobody waits without end for an answer on one of its connections, and the database is told on each new one
 * which isolation its transactions have, how long to wait for a word on it, and work on an answer.
 */
@Singleton
class ImpatientPool implements MySQLPoolCreator {

    // MySQL reads one comment and MariaDB the other: in seconds for all statements here, in milliseconds for SELECT there.
    private static final String LIMITS = """
            SET SESSION wait_timeout = %d /*M!100101 , max_statement_time = %d */ /*!80000 , max_execution_time = %d */""";

    private static final String ISOLATION = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";

    // A database that gives a statement up has this long to say so, in seconds.
    private static final int PATIENCE = 10;

    private final String limits;
    private final int longestAnswer;

    ImpatientPool(TransactionConfig config) {
        var statement = config.longestStatement();
        this.limits = LIMITS.formatted(config.longestSilence().toSeconds(), statement.toSeconds(), statement.toMillis());
        this.longestAnswer = statement.toSeconds() == 0 ? 0 : Math.toIntExact(statement.toSeconds()) + PATIENCE;
    }

    @Override
    public Pool create(Input input) {
        return MySQLBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(input.mySQLConnectOptionsList().stream().map(this::impatient).toList())
                .using(input.vertx())
                .withConnectHandler(this::prepare)
                .build();
    }

    // An answer that never comes, because the database's host is frozen or gone without a word, ends the connection.
    private SqlConnectOptions impatient(MySQLConnectOptions options) {
        var impatient = new MySQLConnectOptions(options);
        impatient.setIdleTimeoutUnit(TimeUnit.SECONDS).setReadIdleTimeout(longestAnswer);
        return impatient;
    }

    // Closed, the connection is the pool's.
    private void prepare(SqlConnection connection) {
        ClosedFirst.on(connection);
        connection.query(ISOLATION)
                .execute()
                .compose(isolated -> connection.query(limits).execute())
                .onSuccess(told -> connection.close())
                .onFailure(failure -> discard(connection, failure));
    }

    private static void discard(SqlConnection connection, Throwable failure) {
        Log.warn("A new connection to the database could not be prepared", failure);
        ClosedFirst.socket(connection).close();
    }
}
