package org.openedx.aggregator.lease;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;

/**
 * Ends what this process has begun while it still has its database. It is told so on the thread that stops the process,
 * which is there to wait.
 */
@ApplicationScoped
class Stop {

    private static final Duration GIVING_BACK = Duration.ofSeconds(2);

    private final Scheduler scheduler;
    private final OpenWork work;
    private final Leases leases;
    private final StopConfig config;

    Stop(Scheduler scheduler, OpenWork work, Leases leases, StopConfig config) {
        this.scheduler = scheduler;
        this.work = work;
        this.leases = leases;
        this.config = config;
    }

    // While requests still come in, others go on with what is handed over, and events are taken in as before.
    void onStopSoon(@Observes ShutdownDelayInitiatedEvent event) {
        scheduler.pause();
        work.tell();
    }

    void onStop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        scheduler.pause();
        try {
            if (!work.end(config.grace())) {
                Log.warnf("Work is not done after %s; others do it when its leases have ended", config.grace());
            }
            leases.giveBack().subscribeAsCompletionStage().get(GIVING_BACK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            Log.warnf("Leases could not be given back; they end by themselves: %s", e);
        }
    }
}
