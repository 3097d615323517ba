package org.openedx.aggregator.replica;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/** Says that this replica is alive. */
@ApplicationScoped
class HeartbeatJob {

    // A query whose answer never comes must not keep this replica from its next word.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Replicas replicas;

    HeartbeatJob(Replicas replicas) {
        this.replicas = replicas;
    }

    @Scheduled(identity = "heartbeat", every = "${aggregator.replica.every:15s}", concurrentExecution = SKIP)
    Uni<Void> beat() {
        return replicas.beat()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> Log.debugf("This replica could not say that it is alive: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
