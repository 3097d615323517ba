package org.openedx.aggregator.course;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/**
 * Once after each start, compiles anew the courses that were compiled with other settings. Only then: while a new
 * setting is rolled out, replicas with the old and the new one must not undo each other's work for ever.
 */
@ApplicationScoped
class CompletionPolicyJob {

    private final Publishing publishing;
    private volatile boolean done;

    CompletionPolicyJob(Publishing publishing) {
        this.publishing = publishing;
    }

    @Scheduled(identity = "completion-policy", every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> applyPolicy() {
        if (done) {
            return Uni.createFrom().voidItem();
        }
        return publishing.applyPolicy()
                .invoke(() -> done = true);
    }
}
