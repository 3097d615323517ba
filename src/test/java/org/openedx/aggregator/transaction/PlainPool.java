package org.openedx.aggregator.transaction;

import java.time.Duration;
import java.util.List;

import io.quarkus.reactive.mysql.client.MySQLPoolCreator.Input;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.sqlclient.PoolOptions;

/** The pool of the service where there is no service. */
public record PlainPool(Vertx vertx, PoolOptions poolOptions, List<MySQLConnectOptions> mySQLConnectOptionsList)
        implements
            Input {

    /** A pool with default settings. */
    public static Pool of(Vertx vertx, int size, MySQLConnectOptions connect) {
        return of(vertx, size, connect, new SmallRyeConfigBuilder().withMapping(TransactionConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .build()
                .getConfigMapping(TransactionConfig.class));
    }

    static Pool of(Vertx vertx, int size, MySQLConnectOptions connect, TransactionConfig config) {
        var input = new PlainPool(vertx, new PoolOptions().setMaxSize(size), List.of(connect));
        return Pool.newInstance(new ImpatientPool(config).create(input));
    }
}
