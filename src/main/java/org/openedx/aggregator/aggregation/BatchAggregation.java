package org.openedx.aggregator.aggregation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.completion.CompletedBlocks;
import org.openedx.aggregator.completion.Completions;
import org.openedx.aggregator.course.CourseGraph;
import org.openedx.aggregator.course.CourseGraphs;
import org.openedx.aggregator.course.StructureRequests;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.progress.Progress;
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
    private final Completions completions;
    private final ProgressStore progress;
    private final StaleLedger ledger;
    private final Transactions transactions;
    private final AggregationMetrics metrics;
    private final StructureRequests requests;

    BatchAggregation(CourseGraphs graphs, Completions completions, ProgressStore progress, StaleLedger ledger,
            Transactions transactions, AggregationMetrics metrics, StructureRequests requests) {
        this.graphs = graphs;
        this.completions = completions;
        this.progress = progress;
        this.ledger = ledger;
        this.transactions = transactions;
        this.metrics = metrics;
        this.requests = requests;
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
        return metrics.timed(batch, rollUpAndStore(batch))
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
        return ledger.park(one, failure)
                .invoke(() -> Log.errorf(failure, "Could not aggregate %s; it is parked", one.enrollments().get(0)));
    }

    private Uni<Void> rollUpAndStore(StaleBatch batch) {
        return graphs.currentId(batch.courseId())
                .chain(structureId -> structureId.isPresent() ? onGraph(batch, structureId.get()) : dropped(batch));
    }

    // A course without structure has no percentages; its enrolments are marked again when the structure comes.
    private Uni<Void> dropped(StaleBatch batch) {
        return transactions.run(transaction -> dropped(transaction, batch));
    }

    private Uni<Void> dropped(SqlConnection transaction, StaleBatch batch) {
        return ledger.resolve(transaction, batch)
                .chain(() -> requests.requestUnknown(transaction, batch.courseId()));
    }

    private Uni<Void> onGraph(StaleBatch batch, int structureId) {
        return graphs.graph(structureId)
                .chain(graph -> changed(batch, graph))
                .chain(results -> store(batch, structureId, results));
    }

    private Uni<Void> store(StaleBatch batch, int structureId, List<Progress> results) {
        return transactions.run(transaction -> store(transaction, batch, structureId, results));
    }

    private Uni<List<Progress>> changed(StaleBatch batch, CourseGraph graph) {
        return progress.fingerprints(batch.enrollments())
                .chain(active -> rollUp(graph, active));
    }

    private Uni<List<Progress>> rollUp(CourseGraph graph, Map<Enrollment, Optional<Fingerprint>> active) {
        return completions.of(active.keySet())
                .map(facts -> changed(graph, active, facts));
    }

    private static List<Progress> changed(CourseGraph graph, Map<Enrollment, Optional<Fingerprint>> active,
            Map<Enrollment, CompletedBlocks> facts) {
        var rollUp = new RollUp(graph);
        var changed = new ArrayList<Progress>(active.size());
        for (var entry : active.entrySet()) {
            rollUp.of(facts.getOrDefault(entry.getKey(), CompletedBlocks.NONE));
            var result = new Progress(entry.getKey(), graph.structureId(), rollUp.course(), rollUp.registered());
            if (!entry.getValue().equals(Optional.of(result.fingerprint()))) {
                changed.add(result);
            }
        }
        return changed;
    }

    // The course is locked before the marks, as publishing does it.
    private Uni<Void> store(SqlConnection transaction, StaleBatch batch, int structureId, List<Progress> results) {
        return graphs.holdCurrent(transaction, batch.courseId(), structureId)
                .chain(current -> current ? saveHeld(transaction, batch, results) : ledger.release(transaction, batch));
    }

    private Uni<Void> saveHeld(SqlConnection transaction, StaleBatch batch, List<Progress> results) {
        return ledger.held(transaction, batch)
                .chain(held -> progress.save(transaction, among(held, results)))
                .chain(() -> ledger.resolve(transaction, batch));
    }

    private static List<Progress> among(Set<Enrollment> held, List<Progress> results) {
        return results.stream()
                .filter(result -> held.contains(result.enrollment()))
                .toList();
    }
}
