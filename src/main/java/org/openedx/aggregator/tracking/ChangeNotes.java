package org.openedx.aggregator.tracking;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.progress.PackedAggregates;
import org.openedx.aggregator.progress.Progress;
import org.openedx.aggregator.progress.ProgressListener;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Notes in the outbox what changes with results, in the transaction that stores them. */
@ApplicationScoped
class ChangeNotes implements ProgressListener {

    private static final String STORED = "SELECT course_id, learner_id, structure_id, created, blocks FROM progress WHERE ";

    private final TrackingConfig config;
    private final BlockNames names;
    private final EventClock clock;
    private final Outbox outbox;

    ChangeNotes(TrackingConfig config, BlockNames names, EventClock clock, Outbox outbox) {
        this.config = config;
        this.names = names;
        this.clock = clock;
        this.outbox = outbox;
    }

    @Override
    public Uni<Void> onStore(SqlConnection transaction, Collection<Progress> results, Instant at) {
        if (!config.enabled() || results.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return stored(transaction, results)
                .chain(before -> changes(transaction, before, results, micros(at)))
                .chain(changes -> note(transaction, changes));
    }

    private static Uni<Map<Enrollment, StoredResult>> stored(SqlConnection transaction, Collection<Progress> results) {
        var enrollments = results.stream().map(Progress::enrollment).toList();
        return transaction.query(STORED + Enrollment.condition(enrollments))
                .execute()
                .map(ChangeNotes::stored);
    }

    private Uni<List<ResultChange>> changes(SqlConnection transaction, Map<Enrollment, StoredResult> before,
            Collection<Progress> results, long now) {
        return names.of(transaction, structureIds(before.values(), results))
                .map(found -> new Comparison(found, config.types()))
                .map(comparison -> changes(comparison, before, results, now));
    }

    private Uni<Void> note(SqlConnection transaction, List<ResultChange> changes) {
        return changes.isEmpty()
                ? Uni.createFrom().voidItem()
                : clock.stamp(transaction, changes).chain(stamped -> outbox.add(transaction, stamped));
    }

    private static Set<Integer> structureIds(Collection<StoredResult> before, Collection<Progress> results) {
        return Stream.concat(before.stream().map(StoredResult::structureId), results.stream().map(Progress::structureId))
                .collect(Collectors.toSet());
    }

    private static List<ResultChange> changes(Comparison comparison, Map<Enrollment, StoredResult> before,
            Collection<Progress> results, long now) {
        return results.stream()
                .map(result -> change(comparison, Optional.ofNullable(before.get(result.enrollment())), result, now))
                .filter(change -> !change.blocks().isEmpty())
                .toList();
    }

    private static ResultChange change(Comparison comparison, Optional<StoredResult> before, Progress result, long now) {
        return new ResultChange(now, result.enrollment(), result.structureId(),
                before.map(StoredResult::created).orElse(now), now, comparison.changes(before, result));
    }

    private static Map<Enrollment, StoredResult> stored(RowSet<Row> rows) {
        var stored = new HashMap<Enrollment, StoredResult>();
        for (Row row : rows) {
            stored.put(new Enrollment(row.getInteger(0), row.getLong(1)), new StoredResult(row.getInteger(2),
                    new PackedAggregates(row.getString(4)), micros(row.getLocalDateTime(3))));
        }
        return stored;
    }

    private static long micros(LocalDateTime time) {
        return micros(time.toInstant(ZoneOffset.UTC));
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
