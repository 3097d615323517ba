package org.openedx.aggregator.tracking;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.lease.Leases;
import org.openedx.aggregator.lease.OpenWork;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Empties the outbox, one replica at a time. While the broker is away, rows wait. */
@ApplicationScoped
class RelayJob {

    private static final String LEASE = "progress-events";

    private final TrackingConfig config;
    private final Leases leases;
    private final Relay relay;
    private final OpenWork openWork;

    RelayJob(TrackingConfig config, Leases leases, Relay relay, OpenWork openWork) {
        this.config = config;
        this.leases = leases;
        this.relay = relay;
        this.openWork = openWork;
    }

    @Scheduled(identity = "progress-events", every = "${aggregator.tracking.every:1s}", concurrentExecution = SKIP)
    Uni<Void> sendPending() {
        if (!config.enabled()) {
            return Uni.createFrom().voidItem();
        }
        var context = Vertx.currentContext();
        return openWork.run(relay.untilEmpty(() -> mayGoOn(context))
                .onFailure()
                .invoke(this::log)
                .onFailure()
                .recoverWithNull());
    }

    // What the broker or the database answers comes on another context than the job's, and leases are held on that only.
    private Uni<Boolean> mayGoOn(Context context) {
        return Uni.createFrom()
                .deferred(this::mayGoOn)
                .runSubscriptionOn(task -> run(task, context));
    }

    private static void run(Runnable task, Context context) {
        context.runOnContext(nothing -> task.run());
    }

    private Uni<Boolean> mayGoOn() {
        return openWork.isEnding() ? Uni.createFrom().item(false) : leases.hold(LEASE, config.lease());
    }

    private void log(Throwable failure) {
        if (!openWork.isEnding()) {
            Log.warnf("Progress events wait: %s", failure);
        }
    }
}
