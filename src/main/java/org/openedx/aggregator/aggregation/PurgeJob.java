package org.openedx.aggregator.aggregation;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.course.CourseGraphs;
import org.openedx.aggregator.lease.Leases;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/** Removes course versions that were replaced and that no result was computed on any more. */
@ApplicationScoped
class PurgeJob {

    private static final Duration LEASE = Duration.ofMinutes(10);

    private final Leases leases;
    private final CourseGraphs graphs;

    PurgeJob(Leases leases, CourseGraphs graphs) {
        this.leases = leases;
        this.graphs = graphs;
    }

    @Scheduled(identity = "purge", every = "${aggregator.purge.every:1h}", delayed = "1m", concurrentExecution = SKIP)
    Uni<Void> purge() {
        return leases.hold("purge", LEASE)
                .chain(held -> held ? graphs.purgeReplaced() : Uni.createFrom().item(0))
                .invoke(PurgeJob::log)
                .replaceWithVoid();
    }

    private static void log(int versions) {
        if (versions > 0) {
            Log.infof("Removed %d replaced course versions", versions);
        }
    }
}
