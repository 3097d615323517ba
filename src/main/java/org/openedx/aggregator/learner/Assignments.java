package org.openedx.aggregator.learner;

import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** The store of what the LMS chose for each learner: groups of experiments, and problems from libraries. */
@ApplicationScoped
public class Assignments {

    private static final NewestTable GROUPS = new NewestTable("learner_group",
            List.of("course_id", "learner_id", "partition_id"), List.of("group_id"), "changed_at");

    private static final NewestTable SELECTIONS = new NewestTable("library_selection",
            List.of("course_id", "learner_id", "block_id"), List.of("selected"), "changed_at");

    /** Keeps the newest of what is given and what is stored. */
    public Uni<Void> recordGroups(SqlConnection transaction, Collection<LearnerGroup> groups) {
        return GROUPS.record(transaction, groups);
    }

    /** Keeps the newest of what is given and what is stored. */
    public Uni<Void> recordSelections(SqlConnection transaction, Collection<LibrarySelection> selections) {
        return SELECTIONS.record(transaction, selections);
    }
}
