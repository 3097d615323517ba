package org.openedx.aggregator.tracking;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.tracking.Outbox.Size;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/** What operators see of the outbox. It is counted now and then, not at every scrape. */
@ApplicationScoped
class OutboxMetrics {

    private final TrackingConfig config;
    private final Outbox outbox;
    private final Clock clock;
    private final Counter events;
    private final AtomicReference<Size> size = new AtomicReference<>(new Size(0, Optional.empty()));

    OutboxMetrics(TrackingConfig config, Outbox outbox, Clock clock, MeterRegistry registry) {
        this.config = config;
        this.outbox = outbox;
        this.clock = clock;
        events = registry.counter("completion.outbox.events");
        registry.gauge("completion.outbox.rows", size, latest -> latest.get().rows());
        registry.gauge("completion.outbox.oldest.seconds", size, latest -> seconds(latest.get()));
    }

    @Scheduled(identity = "outbox", every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> count() {
        if (!config.enabled()) {
            return Uni.createFrom().voidItem();
        }
        return outbox.size()
                .invoke(size::set)
                .replaceWithVoid();
    }

    /** So many events are with the broker. */
    void sent(int count) {
        events.increment(count);
    }

    private double seconds(Size latest) {
        return latest.oldest()
                .map(micros -> (ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()) - micros) / 1e6)
                .orElse(0.0);
    }
}
