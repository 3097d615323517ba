package org.openedx.aggregator.transaction;

import io.vertx.mutiny.sqlclient.Pool;

/** Transactions without a container around them. */
public final class PlainTransactions {

    private PlainTransactions() {
    }

    public static Transactions on(Pool pool) {
        return new Transactions(pool);
    }
}
