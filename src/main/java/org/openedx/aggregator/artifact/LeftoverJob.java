package org.openedx.aggregator.artifact;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import java.time.Clock;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/** Removes what is left of uploads whose replica died. Every replica looks; a file can only be removed once. */
@ApplicationScoped
class LeftoverJob {

    private final LocalStore store;
    private final ArtifactConfig config;
    private final Clock clock;

    LeftoverJob(LocalStore store, ArtifactConfig config, Clock clock) {
        this.store = store;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(identity = "artifact-leftovers", every = "${aggregator.artifact.sweep-every:1h}", concurrentExecution = SKIP)
    Uni<Void> sweep() {
        return store.sweep(clock.instant().minus(config.leftoverAge()))
                .invoke(LeftoverJob::report)
                .replaceWithVoid();
    }

    private static void report(int removed) {
        if (removed > 0) {
            Log.infof("Removed %d unfinished uploads of artifacts", removed);
        }
    }
}
