package org.openedx.aggregator.transaction;

import java.util.List;

import jakarta.inject.Singleton;

import io.quarkus.reactive.mysql.client.MySQLPoolCreator;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;

/** Makes the pool, and tells the database on each new connection how long to wait for a word on it, and work on an answer. */
@Singleton
class ImpatientPool implements MySQLPoolCreator {

    // MySQL reads one comment and MariaDB the other: in seconds for all statements here, in milliseconds for SELECT there.
    private static final String LIMITS = """
            SET SESSION wait_timeout = %d /*M!100101 , max_statement_time = %d */ /*!80000 , max_execution_time = %d */""";

    private final String limits;

    ImpatientPool(TransactionConfig config) {
        var statement = config.longestStatement();
        this.limits = LIMITS.formatted(config.longestSilence().toSeconds(), statement.toSeconds(), statement.toMillis());
    }

    @Override
    public Pool create(Input input) {
        return MySQLBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(List.<SqlConnectOptions> copyOf(input.mySQLConnectOptionsList()))
                .using(input.vertx())
                .withConnectHandler(this::limit)
                .build();
    }

    // Closed, the connection is the pool's. One that could not be told so serves all the same.
    private void limit(SqlConnection connection) {
        connection.query(limits)
                .execute()
                .onComplete(told -> connection.close());
    }
}
