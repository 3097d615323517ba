package org.openedx.aggregator.aggregation;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.openedx.aggregator.stale.StaleBatch;
import org.openedx.aggregator.stale.StaleLedger;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Works the backlog off until it is empty. Replicas share it by claiming; this job only does not overtake itself. */
@ApplicationScoped
class AggregationJob {

    private final StaleLedger ledger;
    private final BatchAggregation aggregation;
    private final AggregationConfig config;
    private volatile boolean stopping;

    AggregationJob(StaleLedger ledger, BatchAggregation aggregation, AggregationConfig config) {
        this.ledger = ledger;
        this.aggregation = aggregation;
        this.config = config;
    }

    void onStop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    @Scheduled(identity = "aggregation", every = "${aggregator.aggregation.every:10s}", concurrentExecution = SKIP)
    Uni<Void> aggregateStale() {
        if (stopping) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createFrom()
                .range(0, config.parallelism())
                .onItem()
                .transformToUni(worker -> untilEmptyOrStopped())
                .merge(config.parallelism())
                .onItem()
                .ignoreAsUni();
    }

    // A failure that left this stream would cancel the other workers in the middle of their batches.
    private Uni<Void> untilEmptyOrStopped() {
        return untilEmpty()
                .onFailure()
                .invoke(this::log)
                .onFailure()
                .recoverWithNull();
    }

    // While the process ends, the database is closed under the workers' feet, which is nothing to worry about.
    private void log(Throwable failure) {
        Log.logf(stopping ? Logger.Level.DEBUG : Logger.Level.ERROR, failure,
                "A worker stopped; the marks it held are due when their lease ends");
    }

    private Uni<Void> untilEmpty() {
        return Multi.createBy()
                .repeating()
                .uni(this::claimAndAggregate)
                .whilst(batch -> !stopping && batch.isFollowed(config.batchSize()))
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
