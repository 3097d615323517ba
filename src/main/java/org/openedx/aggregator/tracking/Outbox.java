package org.openedx.aggregator.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.trace.Traces;
import org.openedx.aggregator.transaction.Transactions;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** The changes that are still to be sent, one row per result; a row is there if and only if the result was stored. */
@ApplicationScoped
class Outbox {

    private static final String ADD = """
            INSERT INTO progress_event_outbox (first_at, learner_id, course_id, structure_id, created, modified, changes,
                                               traceparent)
            VALUES %s""";

    // A learner's rows come in the order in which they were committed, and none is read before an earlier one.
    private static final String OLDEST = """
            SELECT o.first_at, o.learner_id, o.course_id, o.structure_id, o.created, o.modified, o.changes, c.course_key, c.org,
                   COALESCE(l.username, ''), o.traceparent
              FROM (SELECT * FROM progress_event_outbox ORDER BY first_at, learner_id LIMIT %d) o
              JOIN course c ON c.id = o.course_id
              LEFT JOIN learner l ON l.id = o.learner_id
             ORDER BY o.first_at, o.learner_id""";

    private static final String REMOVE = "DELETE FROM progress_event_outbox WHERE %s";

    private static final String SIZE = "SELECT COUNT(*), MIN(modified) FROM progress_event_outbox";

    private final Pool pool;
    private final Transactions transactions;
    private final Traces traces;

    Outbox(Pool pool, Transactions transactions, Traces traces) {
        this.pool = pool;
        this.transactions = transactions;
        this.traces = traces;
    }

    /**
     * How much waits.
     *
     * @param oldest when the oldest was stored, in microseconds since 1970-01-01T00:00:00Z; empty if nothing waits
     */
    record Size(long rows, Optional<Long> oldest) {
    }

    Uni<Void> add(SqlConnection transaction, List<ResultChange> changes) {
        var trace = traces.traceparent().map(span -> ",'" + span + "')").orElse(",NULL)");
        var rows = changes.stream().map(change -> sqlRow(change) + trace).collect(Collectors.joining(","));
        return transaction.query(ADD.formatted(rows))
                .execute()
                .replaceWithVoid();
    }

    Uni<List<PendingChange>> oldest(int limit) {
        return pool.query(OLDEST.formatted(limit))
                .execute()
                .map(Outbox::pending);
    }

    Uni<Void> remove(List<PendingChange> sent) {
        var statement = REMOVE.formatted(condition(sent));
        return transactions.run(transaction -> transaction.query(statement).execute())
                .replaceWithVoid();
    }

    Uni<Size> size() {
        return pool.query(SIZE)
                .execute()
                .map(rows -> rows.iterator().next())
                .map(row -> new Size(row.getLong(0), Optional.ofNullable(row.getLong(1))));
    }

    // All values are numbers and punctuation.
    private static String sqlRow(ResultChange change) {
        return "(" + change.firstAt() + "," + change.enrollment().learnerId() + "," + change.enrollment().courseId() + ","
                + change.structureId() + "," + change.created() + "," + change.modified() + ",'"
                + BlockChange.text(change.blocks()) + "'";
    }

    // By ranges of the primary key. The learners of a batch mostly have the same time.
    private static String condition(List<PendingChange> sent) {
        Map<Long, String> learners = sent.stream()
                .map(PendingChange::change)
                .collect(Collectors.groupingBy(ResultChange::firstAt, TreeMap::new,
                        Collectors.mapping(Outbox::learner, Collectors.joining(","))));
        return learners.entrySet()
                .stream()
                .map(entry -> "(first_at = " + entry.getKey() + " AND learner_id IN (" + entry.getValue() + "))")
                .collect(Collectors.joining(" OR "));
    }

    private static String learner(ResultChange change) {
        return Long.toString(change.enrollment().learnerId());
    }

    private static List<PendingChange> pending(RowSet<Row> rows) {
        var pending = new ArrayList<PendingChange>(rows.size());
        for (Row row : rows) {
            var change = new ResultChange(row.getLong(0), new Enrollment(row.getInteger(2), row.getLong(1)), row.getInteger(3),
                    row.getLong(4), row.getLong(5), BlockChange.list(row.getString(6)));
            pending.add(new PendingChange(change, row.getString(7), row.getString(8), row.getString(9),
                    Optional.ofNullable(row.getString(10))));
        }
        return pending;
    }
}
