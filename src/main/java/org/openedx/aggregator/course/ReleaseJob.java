package org.openedx.aggregator.course;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/** A release date that passes makes a course's enrolments stale. Every replica looks; the first one acts. */
@ApplicationScoped
class ReleaseJob {

    private final Publishing publishing;

    ReleaseJob(Publishing publishing) {
        this.publishing = publishing;
    }

    @Scheduled(identity = "releases", every = "${aggregator.course.releases-every:10s}", concurrentExecution = SKIP)
    Uni<Void> release() {
        return publishing.releaseDue();
    }
}
