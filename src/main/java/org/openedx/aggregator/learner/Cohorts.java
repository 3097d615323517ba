package org.openedx.aggregator.learner;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** The store of cohorts, of their content groups, and of who is in which. */
@ApplicationScoped
public class Cohorts {

    private static final NewestTable COHORTS = new NewestTable("cohort", List.of("id"),
            List.of("course_id", "name", "present"), "changed_at");

    private static final NewestTable GROUPS = new NewestTable("cohort_group", List.of("cohort_id"),
            List.of("partition_id", "group_id"), "changed_at");

    private static final NewestTable MEMBERS = new NewestTable("cohort_member", List.of("course_id", "learner_id"),
            List.of("cohort_id", "cohort_name"), "changed_at");

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
