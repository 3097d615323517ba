package org.openedx.aggregator.aggregation;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.stale.MarkTraces;
import org.openedx.aggregator.stale.StaleBatch;
import org.openedx.aggregator.trace.Step;
import org.openedx.aggregator.trace.Traces;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;

/** A batch as operators see it: as a span, which names the spans that marked its enrolments, and as a line of the log. */
@ApplicationScoped
class BatchTraces {

    private final Traces traces;
    private final MarkTraces marks;
    private final Clock clock;

    BatchTraces(Traces traces, MarkTraces marks, Clock clock) {
        this.traces = traces;
        this.marks = marks;
        this.clock = clock;
    }

    Uni<Void> span(StaleBatch batch, Supplier<Uni<Void>> work) {
        return marks.take(batch)
                .map(causes -> step(batch, causes))
                .chain(step -> span(step, work));
    }

    private Uni<Void> span(Step step, Supplier<Uni<Void>> work) {
        return traces.span(() -> step, work);
    }

    private static Step step(StaleBatch batch, List<String> causes) {
        return Step.named("aggregate")
                .with("completion.enrollments", batch.enrollments().size())
                .after(causes);
    }

    /** Says which course a batch is of, and how long it took. */
    Uni<Void> about(String course, StaleBatch batch, Uni<Void> work) {
        traces.course(course);
        return Uni.createFrom()
                .item(clock::instant)
                .call(() -> work)
                .invoke(start -> log(course, batch.enrollments().size(), Duration.between(start, clock.instant())))
                .replaceWithVoid();
    }

    private static void log(String course, int learners, Duration duration) {
        if (Log.isDebugEnabled()) {
            LogFields.of(course, learners, duration.toMillis())
                    .log(() -> Log.debugf("Aggregated %d enrolments of %s in %s", learners, course, duration));
        }
    }
}
