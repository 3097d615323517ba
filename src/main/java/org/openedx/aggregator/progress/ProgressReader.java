package org.openedx.aggregator.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

/** Reads active enrolments with their stored results. */
@ApplicationScoped
public class ProgressReader {

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

    private final Pool pool;
    private final SingleReads singles;

    ProgressReader(Pool pool) {
        this.pool = pool;
        this.singles = new SingleReads(pool);
    }

    /** A slice of a list. */
    public record Slice(long offset, int size) {
    }

    /** The learner who holds a username now, in one course; empty if not actively enrolled. */
    public Uni<Optional<EnrollmentProgress>> of(int courseId, String username, Detail detail) {
        return singles.of(courseId, username, detail);
    }

    /** The learners of a course, by LMS id; all of them, or those of the given ids. */
    public Uni<List<EnrollmentProgress>> ofCourse(int courseId, Optional<List<Long>> learnerIds, Slice slice, Detail detail) {
        return pool.preparedQuery(COLUMNS.formatted(detail.column(), PAGE_OF_COURSE.formatted(among(learnerIds))) + "TRUE"
                + " ORDER BY learner_id")
                .execute(detail.parameters(List.of(courseId, slice.size(), slice.offset())))
                .map(ProgressRows::of);
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
                .map(ProgressRows::of);
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
                .map(ProgressRows::of);
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
}
