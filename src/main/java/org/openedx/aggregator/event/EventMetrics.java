package org.openedx.aggregator.event;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;

/** Counts records by what became of them. Counters are there from the start: an alert sees no increase of what just appears. */
@Startup
@ApplicationScoped
class EventMetrics {

    private static final String NAME = "completion.events";

    private final MeterRegistry registry;
    private final Counter skipped;
    private final Counter deadLetters;
    private final Map<String, Counter> outcomes = new ConcurrentHashMap<>();

    EventMetrics(MeterRegistry registry) {
        this.registry = registry;
        skipped = counter("skipped");
        deadLetters = counter("dead_letter");
        List.of("completion", "enrollment", "learner").forEach(this::outcome);
    }

    void read(List<Change> changes) {
        if (changes.isEmpty()) {
            skipped.increment();
        }
        changes.forEach(change -> outcome(change.outcome()).increment());
    }

    void buried() {
        deadLetters.increment();
    }

    private Counter outcome(String name) {
        return outcomes.computeIfAbsent(name, this::counter);
    }

    private Counter counter(String outcome) {
        return registry.counter(NAME, "outcome", outcome);
    }
}
