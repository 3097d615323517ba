package org.openedx.aggregator.course;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

import io.vertx.mutiny.sqlclient.Row;

/**
 * How far the fetching of a course's structure is.
 *
 * @param phase what is being done about it
 * @param requestedAt the first of the requests that wait
 * @param attemptedAt the last fetch that failed since the last that succeeded
 * @param dueAt when it will be fetched, at the earliest
 * @param checkedAt when the stored structure last was the one of the LMS
 * @param reason why the last fetch failed
 */
public record StructureState(Phase phase, Optional<Instant> requestedAt, Optional<Instant> attemptedAt,
        Optional<Instant> dueAt, Optional<Instant> checkedAt, Optional<String> reason) {

    static final String SELECT = """
            SELECT CASE WHEN r.course_id IS NULL THEN 'IDLE'
                        WHEN r.leased_until > UTC_TIMESTAMP(6) THEN 'FETCHING'
                        WHEN r.missing THEN 'MISSING'
                        WHEN r.attempts > 0 THEN 'FAILING'
                        ELSE 'WAITING' END,
                   r.requested_at, r.attempted_at, r.due_at, k.checked_at, r.reason
              FROM course c
              LEFT JOIN structure_request r ON r.course_id = c.id
              LEFT JOIN structure_check k ON k.course_id = c.id
             WHERE c.id = ?""";

    /** Idle: nothing is asked for. Missing: the LMS knows no such course. Failing: the last fetch failed, and waits. */
    public enum Phase {
        IDLE,
        WAITING,
        FETCHING,
        FAILING,
        MISSING
    }

    static StructureState of(Row row) {
        return new StructureState(Phase.valueOf(row.getString(0)), instant(row, 1), instant(row, 2), instant(row, 3),
                instant(row, 4), Optional.ofNullable(row.getString(5)));
    }

    private static Optional<Instant> instant(Row row, int column) {
        return Optional.ofNullable(row.getLocalDateTime(column))
                .map((LocalDateTime time) -> time.toInstant(ZoneOffset.UTC));
    }
}
