package org.openedx.aggregator.progress;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.openedx.aggregator.learner.NamedCohort;

/**
 * Some of a course's learners.
 *
 * @param cohort whose members are meant; empty for all
 * @param excludedRoles who has one of them in the course is left out
 */
public record LearnerSelection(Optional<NamedCohort> cohort, List<String> excludedRoles) {

    static final String WITHOUT_ROLE = """
             AND NOT EXISTS (SELECT 1 FROM course_access_role r
                              WHERE r.learner_id = e.learner_id
                                AND r.granted AND (r.course_key = c.course_key OR r.course_key = '' AND r.org = c.org) %s)
            """;

    private static final String IN_COHORT = """
             AND EXISTS (SELECT 1 FROM cohort_member m
                          WHERE m.course_id = e.course_id AND m.learner_id = e.learner_id
                            AND (m.cohort_id = ? OR m.cohort_id IS NULL AND m.cohort_name = ?))
            """;

    public LearnerSelection {
        excludedRoles = List.copyOf(excludedRoles);
    }

    /** On an enrolment {@code e} in a course {@code c}. */
    String condition() {
        var sql = new StringBuilder();
        cohort.ifPresent(some -> sql.append(IN_COHORT));
        if (!excludedRoles.isEmpty()) {
            sql.append(withoutRoles(excludedRoles));
        }
        return sql.toString();
    }

    /** The values of the condition's parameters. */
    List<Object> values() {
        var values = new ArrayList<Object>();
        cohort.ifPresent(some -> Collections.addAll(values, some.id(), some.name()));
        values.addAll(excludedRoles);
        return values;
    }

    static String withoutRoles(List<String> roles) {
        return WITHOUT_ROLE.formatted("AND r.role IN (" + String.join(",", Collections.nCopies(roles.size(), "?")) + ")");
    }
}
