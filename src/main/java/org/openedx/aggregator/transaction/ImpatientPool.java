package org.openedx.aggregator.transaction;

import java.util.List;

import jakarta.inject.Singleton;

import io.quarkus.reactive.mysql.client.MySQLPoolCreator;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;

/** Makes the pool, and tells the database on each new connection how long to wait for a word on it. */
@Singleton
class ImpatientPool implements MySQLPoolCreator {

    private final long seconds;

    ImpatientPool(TransactionConfig config) {
        this.seconds = config.longestSilence().toSeconds();
    }

    @Override
    public Pool create(Input input) {
        return MySQLBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(List.<SqlConnectOptions> copyOf(input.mySQLConnectOptionsList()))
                .using(input.vertx())
                .withConnectHandler(this::limitSilence)
                .build();
    }

    // Closed, the connection is the pool's. One that could not be told so serves all the same.
    private void limitSilence(SqlConnection connection) {
        connection.query("SET SESSION wait_timeout = " + seconds)
                .execute()
                .onComplete(told -> connection.close());
    }
}
