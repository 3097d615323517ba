package org.openedx.aggregator.learner;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** The store of learners and enrolments. The newest word of the LMS counts, in whatever order its words arrive. */
@ApplicationScoped
public class Enrollments {

    private static final NewestTable NAMES = new NewestTable("learner", List.of("id"), List.of("username"), "named_at");

    // Who is staff has a name, which was recorded before.
    private static final NewestTable STAFF = new NewestTable("learner", List.of("id"), List.of("staff"), "staff_at",
            "username, named_at", "'', 0");

    private static final NewestTable ENROLLMENTS = new NewestTable("enrollment", List.of("course_id", "learner_id"),
            List.of("active", "mode"), "changed_at");

    private static final String STRETCH = """
            SELECT MAX(learner_id), COUNT(*) FROM (
              SELECT learner_id FROM enrollment WHERE active AND course_id = ? AND learner_id >= ?
               ORDER BY learner_id LIMIT ?) stretch""";

    private final Pool pool;

    Enrollments(Pool pool) {
        this.pool = pool;
    }

    /** Keeps the newest of what is given and what is stored. */
    public Uni<Void> recordNames(SqlConnection transaction, Collection<LearnerName> names) {
        return NAMES.record(transaction, names);
    }

    /** Keeps the newest of what is given and what is stored; answers the ids of learners for whom it is different now. */
    public Uni<Set<Long>> recordStaff(SqlConnection transaction, Collection<StaffFlag> flags) {
        return STAFF.recordChanged(transaction, flags)
                .map(NewestTable::ids);
    }

    /** Keeps the newest of what is given and what is stored. */
    public Uni<Void> record(SqlConnection transaction, Collection<EnrollmentChange> changes) {
        return ENROLLMENTS.record(transaction, changes);
    }

    /** The next so many active enrolments of a course, from a learner's id on. */
    public Uni<Stretch> stretch(int courseId, long from, int size) {
        return pool.preparedQuery(STRETCH)
                .execute(Tuple.of(courseId, from, size))
                .map(rows -> rows.iterator().next())
                .map(row -> new Stretch(courseId, from, row.getLong(0) == null ? from - 1 : row.getLong(0), row.getInteger(1)));
    }

    /** How many active enrolments a course has. */
    public Uni<Long> count(int courseId) {
        return pool.preparedQuery("SELECT COUNT(*) FROM enrollment WHERE active AND course_id = ?")
                .execute(Tuple.of(courseId))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** The learner who holds a username now; names differ by upper and lower case. */
    public Uni<Optional<Learner>> named(String username) {
        return pool.preparedQuery("SELECT id FROM learner WHERE username = ? ORDER BY named_at DESC LIMIT 1")
                .execute(Tuple.of(username))
                .map(rows -> rows.iterator().hasNext()
                        ? Optional.of(new Learner(rows.iterator().next().getLong(0), username))
                        : Optional.empty());
    }
}
