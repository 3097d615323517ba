package org.openedx.aggregator.progress;

import java.time.Instant;
import java.util.Collection;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Is told of results in the transaction that stores them, while the ones they replace can still be read. */
public interface ProgressListener {

    /**
     * What fails here keeps the results from being stored.
     *
     * @param at when the results are stored, to the microsecond
     */
    Uni<Void> onStore(SqlConnection transaction, Collection<Progress> results, Instant at);
}
