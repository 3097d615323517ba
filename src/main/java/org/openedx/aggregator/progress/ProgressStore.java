package org.openedx.aggregator.progress;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.progress.Progress.Fingerprint;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** The store of results. */
@ApplicationScoped
public class ProgressStore {

    private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

    private static final String UPSERT = """
            INSERT INTO progress (course_id, learner_id, structure_id, earned, possible, percent, optional_earned,
                                  optional_possible, last_modified, digest, blocks, created, modified) VALUES %s
            ON DUPLICATE KEY UPDATE structure_id = VALUES(structure_id), earned = VALUES(earned),
              possible = VALUES(possible), percent = VALUES(percent), optional_earned = VALUES(optional_earned),
              optional_possible = VALUES(optional_possible), last_modified = VALUES(last_modified),
              digest = VALUES(digest), blocks = VALUES(blocks), modified = VALUES(modified)""";

    private static final String FINGERPRINTS = """
            SELECT e.course_id, e.learner_id, p.structure_id, p.digest
              FROM (SELECT course_id, learner_id FROM enrollment WHERE active AND %s) e
              LEFT JOIN progress p ON p.course_id = e.course_id AND p.learner_id = e.learner_id""";

    private final Pool pool;
    private final Clock clock;
    private final Instance<ProgressListener> listeners;

    ProgressStore(Pool pool, Clock clock, @Any Instance<ProgressListener> listeners) {
        this.pool = pool;
        this.clock = clock;
        this.listeners = listeners;
    }

    /** Replaces the stored results of the given enrolments, of which each listener is told before. */
    public Uni<Void> save(SqlConnection transaction, Collection<Progress> results) {
        if (results.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return tellListeners(transaction, results, at)
                .chain(() -> upsert(transaction, results, LocalDateTime.ofInstant(at, ZoneOffset.UTC)));
    }

    private Uni<Void> tellListeners(SqlConnection transaction, Collection<Progress> results, Instant at) {
        return Multi.createFrom()
                .iterable(listeners)
                .onItem()
                .transformToUniAndConcatenate(listener -> listener.onStore(transaction, results, at))
                .onItem()
                .ignoreAsUni();
    }

    private static Uni<Void> upsert(SqlConnection transaction, Collection<Progress> results, LocalDateTime now) {
        var rows = results.stream()
                .sorted((one, other) -> one.enrollment().compareTo(other.enrollment()))
                .map(result -> sqlRow(result, now))
                .collect(Collectors.joining(","));
        return transaction.query(UPSERT.formatted(rows))
                .execute()
                .replaceWithVoid();
    }

    /** Removes the stored results of the given enrolments. */
    public Uni<Void> remove(SqlConnection transaction, Collection<Enrollment> enrollments) {
        if (enrollments.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction.query("DELETE FROM progress WHERE " + Enrollment.condition(enrollments))
                .execute()
                .replaceWithVoid();
    }

    /** Those of the given enrolments that are active, with the fingerprint of the stored result where there is one. */
    public Uni<Map<Enrollment, Optional<Fingerprint>>> fingerprints(Collection<Enrollment> enrollments) {
        return pool.query(FINGERPRINTS.formatted(Enrollment.condition(enrollments)))
                .execute()
                .map(ProgressStore::fingerprints);
    }

    // All values but the packed text are numbers, and that consists of digits and punctuation: nothing to escape.
    private static String sqlRow(Progress result, LocalDateTime now) {
        var course = result.course();
        return "(" + result.enrollment().courseId() + "," + result.enrollment().learnerId() + "," + result.structureId() + ","
                + course.earned() + "," + course.possible() + "," + course.percent() + ","
                + course.optionalEarned() + "," + course.optionalPossible() + ",'" + dateTime(course.lastModified())
                + "'," + result.blocks().digest() + ",'" + result.blocks().text() + "','" + now + "','" + now + "')";
    }

    private static LocalDateTime dateTime(long micros) {
        return EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static Map<Enrollment, Optional<Fingerprint>> fingerprints(RowSet<Row> rows) {
        var fingerprints = new HashMap<Enrollment, Optional<Fingerprint>>();
        for (Row row : rows) {
            fingerprints.put(new Enrollment(row.getInteger(0), row.getLong(1)), fingerprint(row));
        }
        return fingerprints;
    }

    private static Optional<Fingerprint> fingerprint(Row row) {
        return row.getInteger(2) == null ? Optional.empty() : Optional.of(new Fingerprint(row.getInteger(2), row.getLong(3)));
    }
}
