package org.openedx.aggregator.task;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.task.TaskCounts.TaskCount;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/** What operators see of the tasks. Those of all replicas are counted now and then, not at every scrape. */
@ApplicationScoped
class TaskMetrics {

    private static final String STARTED = "completion.task.started";
    private static final String ATTEMPTS = "completion.task.attempts";

    private final TaskCounts counts;
    private final TaskKinds kinds;
    private final MeterRegistry registry;
    private final MultiGauge unfinished;

    TaskMetrics(TaskCounts counts, TaskKinds kinds, MeterRegistry registry) {
        this.counts = counts;
        this.kinds = kinds;
        this.registry = registry;
        this.unfinished = MultiGauge.builder("completion.tasks").register(registry);
        for (var action : kinds.actions()) {
            registry.counter(STARTED, "action", action);
            List.of("succeeded", "failed", "stopped").forEach(outcome -> attempts(action, outcome));
        }
        show(List.of());
    }

    @Scheduled(identity = "task-counts", every = "15s", concurrentExecution = SKIP)
    Uni<Void> count() {
        return counts.unfinished()
                .invoke(this::show)
                .replaceWithVoid();
    }

    /** Counts and times an attempt at a task. */
    Uni<Void> timed(String action, Uni<Void> attempt) {
        return Uni.createFrom()
                .item(() -> Timer.start(registry))
                .invoke(() -> registry.counter(STARTED, "action", action).increment())
                .chain(sample -> timed(sample, action, attempt));
    }

    private Uni<Void> timed(Timer.Sample sample, String action, Uni<Void> attempt) {
        return attempt
                .onTermination()
                .invoke((nothing, failure, cancelled) -> sample.stop(attempts(action, outcome(failure, cancelled))));
    }

    private static String outcome(Throwable failure, boolean cancelled) {
        if (cancelled || failure != null && TaskRunner.isOver(failure)) {
            return "stopped";
        }
        return failure == null ? "succeeded" : "failed";
    }

    private Timer attempts(String action, String outcome) {
        return registry.timer(ATTEMPTS, "action", action, "outcome", outcome);
    }

    // A kind of task that has none now is shown with zeros, so that it can be told from one that is not known.
    private void show(List<TaskCount> found) {
        Map<Tags, Number> rows = new HashMap<>();
        for (var action : kinds.actions()) {
            TaskCounts.UNFINISHED.forEach(state -> rows.put(tags(action, state), 0));
        }
        found.forEach(count -> rows.put(tags(count.action(), count.state()), count.count()));
        unfinished.register(rows.entrySet().stream().map(TaskMetrics::row).collect(Collectors.toList()), true);
    }

    private static Tags tags(String action, String state) {
        return Tags.of("action", action, "state", state);
    }

    private static Row<?> row(Map.Entry<Tags, Number> entry) {
        return Row.of(entry.getKey(), entry.getValue());
    }
}
