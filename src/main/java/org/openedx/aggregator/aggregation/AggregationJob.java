package org.openedx.aggregator.aggregation;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.openedx.aggregator.lease.OpenWork;
import org.openedx.aggregator.stale.StaleBatch;
import org.openedx.aggregator.stale.StaleLedger;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Works the backlog off until it is empty. Replicas share it by claiming; this job only does not overtake itself. */
@ApplicationScoped
class AggregationJob {

    private final StaleLedger ledger;
    private final BatchAggregation aggregation;
    private final AggregationConfig config;
    private final OpenWork openWork;

    AggregationJob(StaleLedger ledger, BatchAggregation aggregation, AggregationConfig config, OpenWork openWork) {
        this.ledger = ledger;
        this.aggregation = aggregation;
        this.config = config;
        this.openWork = openWork;
    }

    @Scheduled(identity = "aggregation", every = "${aggregator.aggregation.every:10s}", concurrentExecution = SKIP)
    Uni<Void> aggregateStale() {
        return openWork.run(Multi.createFrom()
                .range(0, config.parallelism())
                .onItem()
                .transformToUni(worker -> untilEmptyOrStopped())
                .merge(config.parallelism())
                .onItem()
                .ignoreAsUni());
    }

    // A failure that left this stream would cancel the other workers in the middle of their batches.
    private Uni<Void> untilEmptyOrStopped() {
        return untilEmpty()
                .onFailure()
                .invoke(this::log)
                .onFailure()
                .recoverWithNull();
    }

    // Of a process that ends without waiting any longer, the database is closed under the workers' feet.
    private void log(Throwable failure) {
        Log.logf(openWork.isEnding() ? Logger.Level.DEBUG : Logger.Level.ERROR, failure,
                "A worker stopped; the marks it held are due when their lease ends");
    }

    private Uni<Void> untilEmpty() {
        return Multi.createBy()
                .repeating()
                .uni(this::claimAndAggregate)
                .whilst(batch -> !openWork.isEnding() && batch.isFollowed(config.batchSize()))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<StaleBatch> claimAndAggregate() {
        return ledger.claim(config.batchSize())
                .call(aggregation::aggregate)
                .ifNoItem()
                .after(config.batchTimeout())
                .fail();
    }
}
