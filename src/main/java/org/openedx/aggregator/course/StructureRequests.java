package org.openedx.aggregator.course;

import java.util.Collection;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Courses whose structure is to be fetched from the LMS, because it may have changed there or is not known here. */
@ApplicationScoped
public class StructureRequests {

    private static final String REQUEST = """
            INSERT INTO structure_request (course_id, generation, requested_at, due_at) VALUES %s
            ON DUPLICATE KEY UPDATE generation = generation + 1""";

    /** Asks for some courses in the transaction that says why. */
    public Uni<Void> request(SqlConnection transaction, Collection<Integer> courseIds) {
        if (courseIds.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var rows = courseIds.stream()
                .distinct()
                .sorted()
                .map(id -> "(" + id + ",1,UTC_TIMESTAMP(6),UTC_TIMESTAMP(6))")
                .collect(Collectors.joining(","));
        return transaction.query(REQUEST.formatted(rows))
                .execute()
                .replaceWithVoid();
    }
}
