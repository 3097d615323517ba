package org.openedx.aggregator.event;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.event.Change.BlockCompleted;
import org.openedx.aggregator.event.Change.EnrollmentChanged;
import org.openedx.aggregator.event.Change.LearnerNamed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts records by what became of them. */
@ApplicationScoped
class EventMetrics {

    private static final String NAME = "completion.events";

    private final Counter completions;
    private final Counter enrollments;
    private final Counter learners;
    private final Counter skipped;
    private final Counter deadLetters;

    EventMetrics(MeterRegistry registry) {
        completions = registry.counter(NAME, "outcome", "completion");
        enrollments = registry.counter(NAME, "outcome", "enrollment");
        learners = registry.counter(NAME, "outcome", "learner");
        skipped = registry.counter(NAME, "outcome", "skipped");
        deadLetters = registry.counter(NAME, "outcome", "dead_letter");
    }

    void read(List<Change> changes) {
        if (changes.isEmpty()) {
            skipped.increment();
        }
        changes.forEach(this::count);
    }

    void buried() {
        deadLetters.increment();
    }

    private void count(Change change) {
        if (change instanceof BlockCompleted) {
            completions.increment();
        } else if (change instanceof EnrollmentChanged) {
            enrollments.increment();
        } else if (change instanceof LearnerNamed) {
            learners.increment();
        }
    }
}
