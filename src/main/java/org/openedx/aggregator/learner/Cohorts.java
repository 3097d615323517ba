package org.openedx.aggregator.learner;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** The store of cohorts, of their content groups, and of who is in which. */
@ApplicationScoped
public class Cohorts {

    // Where cohorts are not captured, they are known by the names of their members' cohorts only.
    private static final String NAMED = """
            SELECT id, name, 1 AS choice FROM cohort WHERE course_id = ? AND name = ? AND present
             UNION ALL
            SELECT id, name, 2 FROM cohort WHERE course_id = ? AND CAST(id AS CHAR) = ? AND present
             UNION ALL
            SELECT 0, cohort_name, 3 FROM cohort_member WHERE course_id = ? AND cohort_name = ? AND cohort_id IS NULL
             GROUP BY cohort_name
             ORDER BY choice LIMIT 1""";

    private static final NewestTable COHORTS = new NewestTable("cohort", List.of("id"),
            List.of("course_id", "name", "present"), "changed_at");

    private static final NewestTable GROUPS = new NewestTable("cohort_group", List.of("cohort_id"),
            List.of("partition_id", "group_id"), "changed_at");

    private static final NewestTable MEMBERS = new NewestTable("cohort_member", List.of("course_id", "learner_id"),
            List.of("cohort_id", "cohort_name"), "changed_at");

    private final Pool pool;

    Cohorts(Pool pool) {
        this.pool = pool;
    }

    /** The cohort of a course that has this name or, if none has, this id. */
    public Uni<Optional<NamedCohort>> find(int courseId, String nameOrId) {
        return pool.preparedQuery(NAMED)
                .execute(Tuple.of(courseId, nameOrId, courseId, nameOrId, courseId, nameOrId))
                .map(rows -> rows.stream().map(Cohorts::named).findFirst());
    }

    private static NamedCohort named(Row row) {
        return new NamedCohort(row.getLong(0), row.getString(1));
    }

    /** Keeps the newest of what is given and what is stored. */
    public Uni<Void> recordMembers(SqlConnection transaction, Collection<Membership> memberships) {
        return MEMBERS.record(transaction, memberships);
    }

    /** Keeps the newest of what is given and what is stored; answers the ids of cohorts that are different now. */
    public Uni<Set<Long>> record(SqlConnection transaction, Collection<Cohort> cohorts) {
        return COHORTS.recordChanged(transaction, cohorts).map(NewestTable::ids);
    }

    /** Keeps the newest of what is given and what is stored; answers the ids of cohorts with another group now. */
    public Uni<Set<Long>> recordGroups(SqlConnection transaction, Collection<CohortGroup> groups) {
        return GROUPS.recordChanged(transaction, groups).map(NewestTable::ids);
    }
}
