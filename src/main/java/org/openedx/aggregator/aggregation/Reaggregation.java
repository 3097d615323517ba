package org.openedx.aggregator.aggregation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;
import org.openedx.aggregator.stale.StaleLedger;
import org.openedx.aggregator.transaction.Transactions;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

/** Has whole courses computed again, parked enrolments included. */
@ApplicationScoped
public class Reaggregation {

    private final Pool pool;
    private final KeyIds keyIds;
    private final StaleLedger ledger;
    private final Transactions transactions;

    Reaggregation(Pool pool, KeyIds keyIds, StaleLedger ledger, Transactions transactions) {
        this.pool = pool;
        this.keyIds = keyIds;
        this.ledger = ledger;
        this.transactions = transactions;
    }

    /**
     * Marks all active enrolments of some courses stale and answers how many they are; fails with
     * {@link CourseNotFoundException} before it marks any if one of the courses was never heard of.
     */
    public Uni<Long> ofCourses(Collection<CourseKey> courses) {
        return Multi.createFrom()
                .iterable(courses)
                .onItem()
                .transformToUniAndConcatenate(this::known)
                .collect()
                .asList()
                .chain(this::mark);
    }

    /** Marks every active enrolment stale and answers how many they are. */
    public Uni<Long> ofAll() {
        return pool.query("SELECT id FROM course WHERE structure_id IS NOT NULL ORDER BY id")
                .execute()
                .map(Reaggregation::ids)
                .chain(this::mark);
    }

    private Uni<Integer> known(CourseKey course) {
        return keyIds.find(course)
                .map(found -> found.orElse(null))
                .onItem()
                .ifNull()
                .failWith(() -> new CourseNotFoundException(course));
    }

    // A transaction for each course: the marks of a large site in one would hold up ingest.
    private Uni<Long> mark(List<Integer> courseIds) {
        return Multi.createFrom()
                .iterable(courseIds)
                .onItem()
                .transformToUniAndConcatenate(this::mark)
                .collect()
                .in(() -> new long[1], (sum, count) -> sum[0] += count)
                .map(sum -> sum[0]);
    }

    private Uni<Long> mark(int courseId) {
        return transactions.run(transaction -> ledger.markCourse(transaction, courseId));
    }

    private static List<Integer> ids(RowSet<Row> rows) {
        var ids = new ArrayList<Integer>();
        for (Row row : rows) {
            ids.add(row.getInteger(0));
        }
        return ids;
    }
}
