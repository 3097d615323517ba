package org.openedx.aggregator.learner;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.key.CourseKey;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** Who has which role in which course, or in all courses of an organisation. */
@ApplicationScoped
public class CourseRoles {

    private static final NewestTable ROLES = new NewestTable("course_access_role",
            List.of("learner_id", "org", "course_key", "role"), List.of("granted"), "changed_at");

    private final Pool pool;

    CourseRoles(Pool pool) {
        this.pool = pool;
    }

    /** Keeps the newest of what is given and what is stored; answers those that are different now. */
    public Uni<Set<CourseRole>> record(SqlConnection transaction, Collection<CourseRole> roles) {
        return ROLES.recordChanged(transaction, roles)
                .map(keys -> among(keys, roles));
    }

    private static Set<CourseRole> among(Set<List<Object>> keys, Collection<CourseRole> roles) {
        return roles.stream().filter(role -> keys.contains(role.key())).collect(Collectors.toSet());
    }

    /** Whether a person is of the course's own staff. */
    public Uni<Boolean> isStaff(String username, CourseKey course) {
        return staffed(username).map(courses -> courses.include(course));
    }

    /** Where a person is of the course's own staff. */
    public Uni<StaffedCourses> staffed(String username) {
        return pool.preparedQuery("""
                SELECT r.course_key, r.org FROM course_access_role r JOIN learner l ON l.id = r.learner_id
                 WHERE l.username = ? AND l.named_at = (SELECT MAX(named_at) FROM learner WHERE username = ?)
                   AND r.granted AND r.role IN ('staff', 'limited_staff', 'instructor')""")
                .execute(Tuple.of(username, username))
                .map(CourseRoles::courses);
    }

    private static StaffedCourses courses(RowSet<Row> rows) {
        var courses = new HashSet<String>();
        var orgs = new HashSet<String>();
        for (Row row : rows) {
            if (row.getString("course_key").isEmpty()) {
                orgs.add(row.getString("org"));
            } else {
                courses.add(row.getString("course_key"));
            }
        }
        return new StaffedCourses(Set.copyOf(courses), Set.copyOf(orgs));
    }
}
