package org.openedx.aggregator.course;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

/** The current versions of all courses, for who watches over them. */
@ApplicationScoped
public class StructureList {

    private static final String COUNT = "SELECT COUNT(*) FROM course WHERE structure_id IS NOT NULL";

    private static final String PAGE = """
            SELECT c.course_key, s.id, s.version_label, s.blocks, s.created, k.checked_at,
                   TIMESTAMPDIFF(MICROSECOND, s.created, UTC_TIMESTAMP(6))
              FROM course c
              JOIN course_structure s ON s.id = c.structure_id
              LEFT JOIN structure_check k ON k.course_id = c.id
             ORDER BY c.course_key LIMIT ? OFFSET ?""";

    private final Pool pool;

    StructureList(Pool pool) {
        this.pool = pool;
    }

    /**
     * The version that a course shows.
     *
     * @param id the service's own number of it
     * @param label what the publisher called it
     * @param blocks how many it has; empty if it is from before that was counted
     * @param age since it was stored
     * @param checkedAt when it last was the LMS's, if it was compared
     */
    public record CurrentVersion(String course, int id, Optional<String> label, OptionalInt blocks, Instant created,
            Duration age, Optional<Instant> checkedAt) {
    }

    public Uni<Long> count() {
        return pool.query(COUNT)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** In the order of the course keys. */
    public Uni<List<CurrentVersion>> page(long offset, int size) {
        return pool.preparedQuery(PAGE)
                .execute(Tuple.of(size, offset))
                .map(rows -> rows.stream().map(StructureList::version).toList());
    }

    private static CurrentVersion version(Row row) {
        var blocks = row.getInteger(3) == null ? OptionalInt.empty() : OptionalInt.of(row.getInteger(3));
        return new CurrentVersion(row.getString(0), row.getInteger(1), Optional.ofNullable(row.getString(2)), blocks,
                instant(row.getLocalDateTime(4)), Duration.ofNanos(Math.max(0, row.getLong(6)) * 1000),
                Optional.ofNullable(row.getLocalDateTime(5)).map(StructureList::instant));
    }

    private static Instant instant(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC);
    }
}
