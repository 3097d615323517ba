package org.openedx.aggregator.aggregation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.course.CourseGraphs;
import org.openedx.aggregator.stale.StaleBacklog;
import org.openedx.aggregator.stale.StaleBatch;
import org.openedx.aggregator.stale.StaleLedger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/** What operators see of the engine. The backlog is counted now and then, not at every scrape. */
@ApplicationScoped
class AggregationMetrics {

    private final StaleLedger ledger;
    private final MeterRegistry registry;
    private final Timer batches;
    private final Counter enrollments;
    private final Counter failures;
    private final DistributionSummary sizes;
    private final AtomicReference<StaleBacklog> backlog = new AtomicReference<>(new StaleBacklog(0, 0, Duration.ZERO));

    AggregationMetrics(StaleLedger ledger, CourseGraphs graphs, MeterRegistry registry) {
        this.ledger = ledger;
        this.registry = registry;
        this.batches = registry.timer("completion.aggregation.batch");
        this.enrollments = registry.counter("completion.aggregation.enrollments");
        this.failures = registry.counter("completion.aggregation.failures");
        this.sizes = registry.summary("completion.aggregation.batch.size");
        registry.gauge("completion.course.parts", graphs, CourseGraphs::parts);
        registry.gauge("completion.stale.backlog", backlog, latest -> latest.get().size());
        registry.gauge("completion.stale.parked", backlog, latest -> latest.get().parked());
        registry.gauge("completion.stale.oldest.seconds", backlog, latest -> latest.get().age().toMillis() / 1000.0);
    }

    @Scheduled(identity = "backlog", every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> countBacklog() {
        return ledger.backlog()
                .invoke(backlog::set)
                .replaceWithVoid();
    }

    /** Times a batch and counts its enrolments when it succeeds. */
    Uni<Void> timed(StaleBatch batch, Uni<Void> work) {
        return Uni.createFrom()
                .item(() -> Timer.start(registry))
                .call(() -> work)
                .invoke(sample -> sample.stop(batches))
                .invoke(() -> count(batch))
                .replaceWithVoid();
    }

    /** An enrolment could not be aggregated. */
    void failed() {
        failures.increment();
    }

    private void count(StaleBatch batch) {
        enrollments.increment(batch.enrollments().size());
        sizes.record(batch.enrollments().size());
    }
}
