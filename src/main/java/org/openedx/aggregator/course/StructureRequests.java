package org.openedx.aggregator.course;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/**
 * Courses whose structure is to be fetched from the LMS, because it may have changed there or is not known here. One
 * request per course with a generation that each new request raises, so the list is bounded by courses, not by events.
 * Times are the database's.
 */
@ApplicationScoped
public class StructureRequests {

    // The assignments are made in this order, each with what those before it left. Requests that follow each other put the
    // fetch off, counted from the first of them; one that meets a failed or a running fetch is a first one.
    private static final String REQUEST = """
            INSERT INTO structure_request (course_id, generation, requested_at, due_at) VALUES %s
            ON DUPLICATE KEY UPDATE
              requested_at = IF(attempts > 0 OR generation <=> claimed_generation, VALUES(requested_at), requested_at),
              due_at = LEAST(VALUES(due_at), requested_at + INTERVAL %d MICROSECOND),
              generation = generation + 1, attempts = 0, missing = FALSE""";

    private static final String REQUEST_UNKNOWN = """
            INSERT INTO structure_request (course_id, generation, requested_at, due_at)
            SELECT id, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL %d MICROSECOND
              FROM course WHERE id = %d AND structure_id IS NULL
            ON DUPLICATE KEY UPDATE generation = structure_request.generation""";

    private final Pool pool;
    private final StructureRequestConfig config;

    StructureRequests(Pool pool, StructureRequestConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** Asks for some courses, as soon as they have been quiet for a while, in the transaction that says why. */
    public Uni<Void> request(SqlConnection transaction, Collection<Integer> courseIds) {
        return request(transaction, courseIds, config.quietTime());
    }

    /** Asks for a course that need not wait. */
    public Uni<Void> requestNow(SqlConnection transaction, int courseId) {
        return request(transaction, List.of(courseId), Duration.ZERO);
    }

    /** Asks for a course that has no structure, unless somebody did already: one that cannot be had is not asked for anew. */
    public Uni<Void> requestUnknown(SqlConnection transaction, int courseId) {
        return transaction.query(REQUEST_UNKNOWN.formatted(micros(config.quietTime()), courseId))
                .execute()
                .replaceWithVoid();
    }

    /** What is known of fetching a course. */
    public Uni<StructureState> state(int courseId) {
        return pool.preparedQuery(StructureState.SELECT)
                .execute(Tuple.of(courseId))
                .map(rows -> StructureState.of(rows.iterator().next()));
    }

    private Uni<Void> request(SqlConnection transaction, Collection<Integer> courseIds, Duration wait) {
        if (courseIds.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var row = "(%%d,1,UTC_TIMESTAMP(6),UTC_TIMESTAMP(6) + INTERVAL %d MICROSECOND)".formatted(micros(wait));
        var rows = courseIds.stream()
                .distinct()
                .sorted()
                .map(row::formatted)
                .collect(Collectors.joining(","));
        return transaction.query(REQUEST.formatted(rows, micros(config.longestWait())))
                .execute()
                .replaceWithVoid();
    }

    static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
