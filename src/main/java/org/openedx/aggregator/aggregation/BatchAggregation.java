package org.openedx.aggregator.aggregation;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.completion.Completions;
import org.openedx.aggregator.course.CompiledCourse;
import org.openedx.aggregator.course.CourseGraphs;
import org.openedx.aggregator.course.CourseState;
import org.openedx.aggregator.course.StructureRequests;
import org.openedx.aggregator.learner.Audience;
import org.openedx.aggregator.learner.Audiences;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.progress.Progress.Fingerprint;
import org.openedx.aggregator.progress.ProgressStore;
import org.openedx.aggregator.stale.StaleBatch;
import org.openedx.aggregator.stale.StaleLedger;
import org.openedx.aggregator.transaction.Transactions;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Aggregates a batch of stale enrolments, course by course. Facts are read after the marks were claimed, and a mark is
 * resolved only as far as it had been raised then: what comes in between is aggregated again.
 */
@ApplicationScoped
class BatchAggregation {

    private final CourseGraphs graphs;
    private final Audiences audiences;
    private final Completions completions;
    private final ProgressStore progress;
    private final StaleLedger ledger;
    private final Transactions transactions;
    private final AggregationMetrics metrics;
    private final StructureRequests requests;
    private final BatchTraces traces;

    BatchAggregation(CourseGraphs graphs, Audiences audiences, Completions completions, ProgressStore progress,
            StaleLedger ledger, Transactions transactions, AggregationMetrics metrics, StructureRequests requests,
            BatchTraces traces) {
        this.graphs = graphs;
        this.audiences = audiences;
        this.completions = completions;
        this.progress = progress;
        this.ledger = ledger;
        this.transactions = transactions;
        this.metrics = metrics;
        this.requests = requests;
        this.traces = traces;
    }

    Uni<Void> aggregate(StaleBatch batch) {
        return Multi.createFrom()
                .iterable(batch.byCourse())
                .onItem()
                .transformToUniAndConcatenate(this::aggregateCourse)
                .onItem()
                .ignoreAsUni();
    }

    // One enrolment that cannot be computed must not keep the others of its batch waiting.
    private Uni<Void> aggregateCourse(StaleBatch batch) {
        return traces.span(batch, () -> metrics.timed(batch, rollUpAndStore(batch)))
                .onFailure()
                .recoverWithUni(() -> oneByOne(batch));
    }

    private Uni<Void> oneByOne(StaleBatch batch) {
        return Multi.createFrom()
                .iterable(batch.oneByOne())
                .onItem()
                .transformToUniAndConcatenate(this::aggregateOrPark)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> aggregateOrPark(StaleBatch one) {
        return rollUpAndStore(one)
                .onFailure()
                .recoverWithUni(failure -> park(one, failure));
    }

    private Uni<Void> park(StaleBatch one, Throwable failure) {
        metrics.failed();
        return ledger.park(one, failure)
                .invoke(() -> log(one.enrollments().get(0), failure));
    }

    private static void log(Enrollment parked, Throwable failure) {
        LogFields.of(parked).log(() -> Log.errorf(failure, "Could not aggregate %s; it is parked", parked));
    }

    private Uni<Void> rollUpAndStore(StaleBatch batch) {
        return graphs.state(batch.courseId())
                .chain(state -> state.isPresent() ? rollUpAndStore(batch, state.get()) : dropped(batch));
    }

    // A course without structure has no percentages; its enrolments are marked again when the structure comes.
    private Uni<Void> dropped(StaleBatch batch) {
        return transactions.run(transaction -> dropped(transaction, batch));
    }

    private Uni<Void> dropped(SqlConnection transaction, StaleBatch batch) {
        return ledger.resolve(transaction, batch)
                .chain(() -> requests.requestUnknown(transaction, batch.courseId()));
    }

    private Uni<Void> rollUpAndStore(StaleBatch batch, CourseState state) {
        return graphs.course(state.structureId())
                .chain(course -> traces.about(course.key(), batch, rollUpAndStore(batch, course, state)));
    }

    private Uni<Void> rollUpAndStore(StaleBatch batch, CompiledCourse course, CourseState state) {
        return results(batch, course, state)
                .chain(results -> store(batch, state, results));
    }

    private Uni<Void> store(StaleBatch batch, CourseState state, BatchResults results) {
        return transactions.run(transaction -> store(transaction, batch, state, results));
    }

    private Uni<BatchResults> results(StaleBatch batch, CompiledCourse course, CourseState state) {
        return progress.fingerprints(batch.enrollments())
                .chain(active -> results(course, state, active));
    }

    private Uni<BatchResults> results(CompiledCourse course, CourseState state,
            Map<Enrollment, Optional<Fingerprint>> active) {
        return Uni.combine()
                .all()
                .unis(audiences(course, state, active.keySet()), completions.of(active.keySet()))
                .with((seenBy, facts) -> BatchResults.of(course, state, active, seenBy, facts));
    }

    private Uni<Map<Enrollment, Audience>> audiences(CompiledCourse course, CourseState state, Set<Enrollment> active) {
        return course.dependsOnAudience(state.releasedAt()) ? audiences.of(active) : Uni.createFrom().item(Map.of());
    }

    // The course is locked before the marks, as publishing does it.
    private Uni<Void> store(SqlConnection transaction, StaleBatch batch, CourseState state, BatchResults results) {
        return graphs.holdState(transaction, batch.courseId(), state)
                .chain(held -> held ? saveHeld(transaction, batch, results) : ledger.release(transaction, batch));
    }

    private Uni<Void> saveHeld(SqlConnection transaction, StaleBatch batch, BatchResults results) {
        return ledger.held(transaction, batch)
                .chain(held -> save(transaction, results.among(held)))
                .chain(() -> ledger.resolve(transaction, batch));
    }

    private Uni<Void> save(SqlConnection transaction, BatchResults results) {
        return progress.save(transaction, results.changed())
                .chain(() -> progress.remove(transaction, results.hidden()));
    }
}
