package org.openedx.aggregator.transaction;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How patient the database is with this replica. */
@ConfigMapping(prefix = "aggregator.transaction")
interface TransactionConfig {

    /**
     * When the database ends a connection it hears nothing from, and with it a transaction whose locks would keep the other
     * replicas waiting: that of a replica which is frozen, or whose host is gone without a word. Longer than
     * {@code quarkus.datasource.reactive.idle-timeout}, so that no connection is ended that is about to be used.
     */
    @WithDefault("60s")
    Duration longestSilence();

    /**
     * When the database gives a statement up, in whole seconds, so that nobody's query outlives for long whoever asked. On
     * MySQL it is about reading only. A connection on which no answer has come ten seconds later is ended. Zero is no
     * limit for either.
     */
    @WithDefault("120s")
    Duration longestStatement();
}
