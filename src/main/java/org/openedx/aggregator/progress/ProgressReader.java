package org.openedx.aggregator.progress;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.learner.Enrollment;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

/** Reads active enrolments with their stored results. */
@ApplicationScoped
public class ProgressReader {

    private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

    private static final String COLUMNS = """
            SELECT course_id, learner_id, course_key, username, current_structure_id, marked, structure_id, earned, possible,
                   last_modified, %s FROM enrollment_progress WHERE\s""";

    private final Pool pool;

    ProgressReader(Pool pool) {
        this.pool = pool;
    }

    /** A slice of a list. */
    public record Slice(long offset, int size) {
    }

    /** The learner who holds a username now, in one course; empty if not actively enrolled. */
    public Uni<Optional<EnrollmentProgress>> of(int courseId, String username, Detail detail) {
        return pool.preparedQuery(COLUMNS.formatted(detail.column())
                + "course_id = ? AND username = ? AND named_at = (SELECT MAX(named_at) FROM learner WHERE username = ?)")
                .execute(detail.parameters(courseId, username, username))
                .map(ProgressReader::progress)
                .map(found -> found.stream().findFirst());
    }

    /** The learners of a course, by LMS id; all of them, or those of the given ids. */
    public Uni<List<EnrollmentProgress>> ofCourse(int courseId, Optional<List<Long>> learnerIds, Slice slice, Detail detail) {
        return pool.preparedQuery(COLUMNS.formatted(detail.column()) + "course_id = ?" + among(learnerIds)
                + " ORDER BY learner_id LIMIT ? OFFSET ?")
                .execute(detail.parameters(courseId, slice.size(), slice.offset()))
                .map(ProgressReader::progress);
    }

    public Uni<Long> countOfCourse(int courseId, Optional<List<Long>> learnerIds) {
        return pool.preparedQuery("""
                SELECT COUNT(*) FROM enrollment e JOIN learner l ON l.id = e.learner_id
                 WHERE e.active AND e.course_id = ?""" + among(learnerIds))
                .execute(Tuple.of(courseId))
                .map(ProgressReader::count);
    }

    /** The courses of a learner, by key. */
    public Uni<List<EnrollmentProgress>> ofLearner(long learnerId, boolean mobileOnly, Slice slice, Detail detail) {
        return pool.preparedQuery(COLUMNS.formatted(detail.column()) + "learner_id = ?" + onMobile(mobileOnly)
                + " ORDER BY course_key LIMIT ? OFFSET ?")
                .execute(detail.parameters(learnerId, slice.size(), slice.offset()))
                .map(ProgressReader::progress);
    }

    public Uni<Long> countOfLearner(long learnerId, boolean mobileOnly) {
        return pool.preparedQuery("""
                SELECT COUNT(*) FROM enrollment e JOIN course c ON c.id = e.course_id
                 WHERE e.active AND e.learner_id = ?""" + onMobile(mobileOnly))
                .execute(Tuple.of(learnerId))
                .map(ProgressReader::count);
    }

    private static String among(Optional<List<Long>> learnerIds) {
        if (learnerIds.isEmpty()) {
            return "";
        }
        var ids = learnerIds.get().isEmpty() ? List.of(-1L) : learnerIds.get();
        return " AND learner_id IN (" + String.join(",", ids.stream().map(String::valueOf).toList()) + ")";
    }

    private static String onMobile(boolean mobileOnly) {
        return mobileOnly ? " AND mobile_available" : "";
    }

    private static long count(RowSet<Row> rows) {
        return rows.iterator().next().getLong(0);
    }

    private static List<EnrollmentProgress> progress(RowSet<Row> rows) {
        var progress = new ArrayList<EnrollmentProgress>(rows.size());
        for (Row row : rows) {
            progress.add(progress(row));
        }
        return progress;
    }

    private static EnrollmentProgress progress(Row row) {
        var enrollment = new Enrollment(row.getInteger(0), row.getLong(1));
        return new EnrollmentProgress(enrollment, row.getString(2), row.getString(3), Optional.ofNullable(row.getInteger(4)),
                row.getInteger(5) != 0, stored(enrollment, row));
    }

    private static Optional<Progress> stored(Enrollment enrollment, Row row) {
        if (row.getInteger(6) == null) {
            return Optional.empty();
        }
        var course = new Aggregate(row.getDouble(7), row.getDouble(8), micros(row.getLocalDateTime(9)));
        var blocks = row.getString(10);
        return Optional.of(new Progress(enrollment, row.getInteger(6), course,
                new PackedAggregates(blocks == null ? "[]" : blocks)));
    }

    private static long micros(LocalDateTime time) {
        return ChronoUnit.MICROS.between(EPOCH, time);
    }
}
