package org.openedx.aggregator.stale;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/** Keeps the table of parked marks as small as they are few. */
@ApplicationScoped
class ParkedJob {

    private final ParkedEnrollments parked;

    ParkedJob(ParkedEnrollments parked) {
        this.parked = parked;
    }

    @Scheduled(identity = "parked", every = "10m", delayed = "5m", concurrentExecution = SKIP)
    Uni<Void> forgetOthers() {
        return parked.forgetOthers();
    }
}
