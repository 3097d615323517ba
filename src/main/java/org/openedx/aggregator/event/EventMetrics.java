package org.openedx.aggregator.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;

/**
 * Counts records by what became of them, and measures how late they are in the database. Counters are there from the start:
 * an alert sees no increase of what just appears.
 */
@Startup
@ApplicationScoped
class EventMetrics {

    private static final String CHANGES = "completion.events";
    private static final String RECORDS = "completion.event.records";
    private static final String LETTERS = "completion.dead.letters";

    private final MeterRegistry registry;
    private final Clock clock;
    private final Counter skipped;
    private final Counter deadLetters;
    private final Timer lag;
    private final Map<String, Counter> outcomes = new ConcurrentHashMap<>();
    private final Map<String, Counter> taken = new ConcurrentHashMap<>();
    private final Map<String, Counter> passedOver = new ConcurrentHashMap<>();

    EventMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        skipped = counter("skipped");
        deadLetters = counter("dead_letter");
        lag = registry.timer("completion.ingest.lag");
        List.of("completion", "enrollment", "learner").forEach(this::outcome);
    }

    void read(String topic, List<Change> changes) {
        if (changes.isEmpty()) {
            skipped.increment();
            passedOver.computeIfAbsent(topic, name -> records(name, "skipped")).increment();
        } else {
            taken.computeIfAbsent(topic, name -> records(name, "read")).increment();
            changes.forEach(change -> outcome(change.outcome()).increment());
        }
    }

    void buried(DeadLetter letter) {
        deadLetters.increment();
        records(letter.event().topic(), "dead_letter").increment();
        registry.counter(LETTERS, "topic", letter.event().topic(), "reason", letter.reason().label()).increment();
    }

    /** What these records say is in the database now. The lag of a batch is that of its oldest record. */
    void recorded(List<ReadEvent> events) {
        events.stream()
                .mapToLong(event -> event.raw().message().timestamp())
                .filter(millis -> millis >= 0)
                .min()
                .ifPresent(oldest -> lag.record(since(oldest)));
    }

    // Clocks differ.
    private Duration since(long millis) {
        var age = Duration.between(Instant.ofEpochMilli(millis), clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private Counter outcome(String name) {
        return outcomes.computeIfAbsent(name, this::counter);
    }

    private Counter counter(String outcome) {
        return registry.counter(CHANGES, "outcome", outcome);
    }

    private Counter records(String topic, String outcome) {
        return registry.counter(RECORDS, "topic", topic, "outcome", outcome);
    }
}
