package org.openedx.aggregator.event;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.completion.Completions;
import org.openedx.aggregator.course.StructureRequests;
import org.openedx.aggregator.learner.Enrollments;
import org.openedx.aggregator.stale.MarkTraces;
import org.openedx.aggregator.stale.StaleLedger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Writes one part of a batch, and the marks it calls for, in one transaction. */
@ApplicationScoped
class PartRecorder {

    private final Enrollments enrollments;
    private final AudienceRecorder audiences;
    private final Completions completions;
    private final StructureRequests structures;
    private final StaleLedger ledger;
    private final MarkTraces traces;

    PartRecorder(Enrollments enrollments, AudienceRecorder audiences, Completions completions,
            StructureRequests structures, StaleLedger ledger, MarkTraces traces) {
        this.enrollments = enrollments;
        this.audiences = audiences;
        this.completions = completions;
        this.structures = structures;
        this.ledger = ledger;
        this.traces = traces;
    }

    // Marks come last: who holds them waits for nobody.
    Uni<Void> record(SqlConnection transaction, ChangeSet part) {
        return enrollments.recordNames(transaction, part.names())
                .chain(() -> enrollments.record(transaction, part.enrollments()))
                .chain(() -> completions.record(transaction, part.completions()))
                .chain(() -> structures.request(transaction, part.courses()))
                .chain(() -> audiences.record(transaction, part))
                .chain(() -> traces.note(transaction, part.stale()))
                .chain(() -> ledger.mark(transaction, part.stale()));
    }
}
