package org.openedx.aggregator.lms;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.course.StructureChecks;
import org.openedx.aggregator.course.StructureChecks.Freshness;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/** What operators see of the LMS and of what is known from it. */
@ApplicationScoped
class LmsMetrics {

    private final StructureChecks checks;
    private final LmsConfig config;
    private final MeterRegistry registry;
    private final AtomicReference<Freshness> freshness = new AtomicReference<>(new Freshness(Duration.ZERO, 0, 0, 0));

    LmsMetrics(StructureChecks checks, LmsConfig config, LmsHttp http, MeterRegistry registry) {
        this.checks = checks;
        this.config = config;
        this.registry = registry;
        registry.gauge("aggregator.structure.age.seconds", freshness, latest -> latest.get().oldest().toMillis() / 1000.0);
        requests("waiting", Freshness::waiting);
        requests("failing", Freshness::failing);
        requests("missing", Freshness::missing);
        Stream.concat(Stream.of("new", "unchanged"), FetchFailure.names()).forEach(this::fetches);
        registry.gauge("aggregator.lms.paused", http, lms -> lms.isPaused() ? 1 : 0);
    }

    private void requests(String state, ToDoubleFunction<Freshness> count) {
        Gauge.builder("aggregator.structure.requests", () -> count.applyAsDouble(freshness.get()))
                .tag("state", state)
                .register(registry);
    }

    void fetched(String outcome) {
        fetches(outcome).increment();
    }

    private Counter fetches(String outcome) {
        return registry.counter("aggregator.structure.fetches", "outcome", outcome);
    }

    // Without an LMS nothing is expected to be fresh.
    @Scheduled(identity = "structure-freshness", every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> measure() {
        if (config.url().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return checks.freshness()
                .invoke(freshness::set)
                .replaceWithVoid();
    }
}
