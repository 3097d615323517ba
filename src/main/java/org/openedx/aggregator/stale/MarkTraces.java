package org.openedx.aggregator.stale;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.trace.Step;
import org.openedx.aggregator.trace.Traces;
import org.openedx.aggregator.transaction.Transactions;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Which span last marked an enrolment, so that the span of the batch that works it off can name it. Nothing is written while
 * traces are off or the span is not kept.
 */
@ApplicationScoped
public class MarkTraces {

    private static final String NOTE = """
            INSERT INTO stale_trace (course_id, learner_id, traceparent) VALUES %s
            ON DUPLICATE KEY UPDATE traceparent = VALUES(traceparent)""";

    private final Traces traces;
    private final Transactions transactions;

    MarkTraces(Traces traces, Transactions transactions) {
        this.traces = traces;
        this.transactions = transactions;
    }

    /** Notes the current span beside marks that are set in the same transaction. */
    public Uni<Void> note(SqlConnection transaction, Collection<Enrollment> marks) {
        var span = traces.traceparent();
        if (span.isEmpty() || marks.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var rows = marks.stream()
                .distinct()
                .sorted()
                .map(mark -> "(" + mark.courseId() + "," + mark.learnerId() + ",'" + span.get() + "')")
                .collect(Collectors.joining(","));
        return transaction.query(NOTE.formatted(rows))
                .execute()
                .replaceWithVoid();
    }

    /** Takes the spans that marked a batch; some of them, if they are many. */
    public Uni<List<String>> take(StaleBatch batch) {
        return traces.enabled()
                ? transactions.run(transaction -> take(transaction, Enrollment.condition(batch.enrollments())))
                : Uni.createFrom().item(List.of());
    }

    private static List<String> names(RowSet<Row> rows) {
        return rows.stream().map(row -> row.getString(0)).toList();
    }

    private static Uni<List<String>> take(SqlConnection transaction, String condition) {
        return transaction
                .query("SELECT DISTINCT traceparent FROM stale_trace WHERE " + condition + " LIMIT " + Step.MAX_LINKS)
                .execute()
                .map(MarkTraces::names)
                .call(() -> transaction.query("DELETE FROM stale_trace WHERE " + condition).execute());
    }
}
