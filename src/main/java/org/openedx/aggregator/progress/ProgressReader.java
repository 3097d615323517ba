package org.openedx.aggregator.progress;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.progress.SingleReads.Key;

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
            SELECT course_id, learner_id, course_key, username, current_structure_id, released_at, marked, structure_id,
                   earned, possible, last_modified, optional_earned, optional_possible, %s
              FROM enrollment_progress p %s WHERE\s""";

    // The page is cut before anything is joined: rows that an offset skips cost next to nothing.
    private static final String PAGE_OF_COURSE = """
            JOIN (SELECT course_id AS page_course, learner_id AS page_learner FROM enrollment
                   WHERE active AND course_id = ?%s ORDER BY learner_id LIMIT ? OFFSET ?) page
              ON course_id = page_course AND learner_id = page_learner""";

    private static final String STRETCH_OF_COURSE = """
            JOIN (SELECT e.course_id AS page_course, e.learner_id AS page_learner
                    FROM enrollment e JOIN course c ON c.id = e.course_id
                   WHERE e.active AND e.course_id = ? AND e.learner_id > ?%s ORDER BY e.learner_id LIMIT ?) page
              ON course_id = page_course AND learner_id = page_learner""";

    // Names come first and few, so the order of the joins is fixed: a planner might prefer all learners of the course.
    private static final String SINGLES = """
            SELECT STRAIGHT_JOIN e.course_id, e.learner_id, c.course_key, l.username, c.structure_id, c.released_at,
                   s.learner_id IS NOT NULL, p.structure_id, p.earned, p.possible, p.last_modified, p.optional_earned,
                   p.optional_possible, %s
              FROM learner l
              JOIN enrollment e ON e.learner_id = l.id AND e.active
              JOIN course c ON c.id = e.course_id
              LEFT JOIN stale_completion s ON s.course_id = e.course_id AND s.learner_id = e.learner_id
              LEFT JOIN progress p ON p.course_id = e.course_id AND p.learner_id = e.learner_id
             WHERE l.username IN (%s) AND e.course_id IN (%s)
               AND NOT EXISTS (SELECT 1 FROM learner n WHERE n.username = l.username AND n.named_at > l.named_at)""";

    private final Pool pool;
    private final SingleReads singles;

    ProgressReader(Pool pool) {
        this.pool = pool;
        this.singles = new SingleReads(this::read);
    }

    /** A slice of a list. */
    public record Slice(long offset, int size) {
    }

    /** The learner who holds a username now, in one course; empty if not actively enrolled. */
    public Uni<Optional<EnrollmentProgress>> of(int courseId, String username, Detail detail) {
        return singles.of(detail, new Key(courseId, username));
    }

    private Uni<Map<Key, EnrollmentProgress>> read(Detail detail, List<Key> keys) {
        var names = padded(keys.stream().map(Key::username).distinct().toList());
        var courses = padded(keys.stream().map(Key::courseId).distinct().toList());
        var parameters = new ArrayList<Object>(names);
        parameters.addAll(courses);
        return pool.preparedQuery(SINGLES.formatted(detail.column(), marks(names), marks(courses)))
                .execute(detail.parameters(parameters))
                .map(ProgressReader::progress)
                .map(ProgressReader::byKey);
    }

    // To the next power of two, by repetition: a handful of statements to prepare instead of one for each size.
    private static <T> List<T> padded(List<T> values) {
        int size = Integer.highestOneBit(Math.max(1, 2 * values.size() - 1));
        var padded = new ArrayList<>(values);
        while (padded.size() < size) {
            padded.add(values.get(0));
        }
        return padded;
    }

    private static String marks(List<?> values) {
        return String.join(",", Collections.nCopies(values.size(), "?"));
    }

    private static Map<Key, EnrollmentProgress> byKey(List<EnrollmentProgress> found) {
        var byKey = new HashMap<Key, EnrollmentProgress>();
        for (var progress : found) {
            byKey.put(new Key(progress.enrollment().courseId(), progress.username()), progress);
        }
        return byKey;
    }

    /** The learners of a course, by LMS id; all of them, or those of the given ids. */
    public Uni<List<EnrollmentProgress>> ofCourse(int courseId, Optional<List<Long>> learnerIds, Slice slice, Detail detail) {
        return pool.preparedQuery(COLUMNS.formatted(detail.column(), PAGE_OF_COURSE.formatted(among(learnerIds))) + "TRUE"
                + " ORDER BY learner_id")
                .execute(detail.parameters(List.of(courseId, slice.size(), slice.offset())))
                .map(ProgressReader::progress);
    }

    public Uni<Long> countOfCourse(int courseId, Optional<List<Long>> learnerIds) {
        return pool.preparedQuery("""
                SELECT COUNT(*) FROM enrollment WHERE active AND course_id = ?""" + among(learnerIds))
                .execute(Tuple.of(courseId))
                .map(ProgressReader::count);
    }

    /** The next learners of a course by LMS id, after one of them. */
    public Uni<List<EnrollmentProgress>> after(int courseId, long learnerId, LearnerSelection selection, int size,
            Detail detail) {
        var values = new ArrayList<Object>(List.of(courseId, learnerId));
        values.addAll(selection.values());
        values.add(size);
        return pool.preparedQuery(COLUMNS.formatted(detail.column(), STRETCH_OF_COURSE.formatted(selection.condition()))
                + "TRUE ORDER BY learner_id")
                .execute(detail.parameters(values))
                .map(ProgressReader::progress);
    }

    public Uni<Long> countOfCourse(int courseId, LearnerSelection selection) {
        var values = new ArrayList<Object>(List.of(courseId));
        values.addAll(selection.values());
        return pool.preparedQuery("""
                SELECT COUNT(*) FROM enrollment e JOIN course c ON c.id = e.course_id
                 WHERE e.active AND e.course_id = ?""" + selection.condition())
                .execute(Tuple.tuple(values))
                .map(ProgressReader::count);
    }

    /** The courses of a learner, by key. */
    public Uni<List<EnrollmentProgress>> ofLearner(long learnerId, boolean mobileOnly, Slice slice, Detail detail) {
        return pool.preparedQuery(COLUMNS.formatted(detail.column(), "") + "learner_id = ?" + onMobile(mobileOnly)
                + " ORDER BY course_key LIMIT ? OFFSET ?")
                .execute(detail.parameters(List.of(learnerId, slice.size(), slice.offset())))
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
        return new EnrollmentProgress(enrollment, row.getString(2), name(row.getString(3)),
                Optional.ofNullable(row.getInteger(4)),
                row.getLong(5), row.getInteger(6) != 0, stored(enrollment, row));
    }

    // An enrolment may be known before its learner is.
    private static String name(String username) {
        return username == null ? "" : username;
    }

    private static Optional<Progress> stored(Enrollment enrollment, Row row) {
        if (row.getInteger(7) == null) {
            return Optional.empty();
        }
        var course = new Aggregate(row.getDouble(8), row.getDouble(9), micros(row.getLocalDateTime(10)), row.getDouble(11),
                row.getDouble(12));
        var blocks = row.getString(13);
        return Optional.of(new Progress(enrollment, row.getInteger(7), course,
                new PackedAggregates(blocks == null ? "[]" : blocks)));
    }

    private static long micros(LocalDateTime time) {
        return ChronoUnit.MICROS.between(EPOCH, time);
    }
}
