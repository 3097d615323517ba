package org.openedx.aggregator.aggregation;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import jakarta.enterprise.context.ApplicationScoped;

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

    AggregationJob(StaleLedger ledger, BatchAggregation aggregation, AggregationConfig config) {
        this.ledger = ledger;
        this.aggregation = aggregation;
        this.config = config;
    }

    @Scheduled(identity = "aggregation", every = "${aggregator.aggregation.every:10s}", concurrentExecution = SKIP)
    Uni<Void> aggregateStale() {
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
                .invoke(failure -> Log.errorf(failure, "A worker stopped; the marks it held are due when their lease ends"))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> untilEmpty() {
        return Multi.createBy()
                .repeating()
                .uni(this::claimAndAggregate)
                .whilst(batch -> batch.enrollments().size() == config.batchSize())
                .onItem()
                .ignoreAsUni();
    }

    private Uni<StaleBatch> claimAndAggregate() {
        return ledger.claim(config.batchSize())
                .call(aggregation::aggregate);
    }
}
