package org.openedx.aggregator.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.learner.Assignments;
import org.openedx.aggregator.learner.Cohorts;
import org.openedx.aggregator.learner.CourseRole;
import org.openedx.aggregator.learner.CourseRoles;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.learner.Enrollments;
import org.openedx.aggregator.stale.StaleLedger;
import org.openedx.aggregator.stale.WideMark;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Writes what decides what a learner sees. What concerns many enrolments at once is compared with what is stored: an LMS
 * repeats itself, a user's row is written at each login.
 */
@ApplicationScoped
class AudienceRecorder {

    private final Enrollments enrollments;
    private final Cohorts cohorts;
    private final CourseRoles roles;
    private final Assignments assignments;
    private final StaleLedger ledger;

    AudienceRecorder(Enrollments enrollments, Cohorts cohorts, CourseRoles roles, Assignments assignments,
            StaleLedger ledger) {
        this.enrollments = enrollments;
        this.cohorts = cohorts;
        this.roles = roles;
        this.assignments = assignments;
        this.ledger = ledger;
    }

    /** Writes it and sets the wide marks; the enrolments that are stale by themselves are added to the part's. */
    Uni<Void> record(SqlConnection transaction, ChangeSet part) {
        var wide = new ArrayList<WideMark>();
        return recordCohorts(transaction, part, wide)
                .chain(() -> recordPeople(transaction, part, wide))
                .chain(() -> cohorts.recordMembers(transaction, part.members()))
                .chain(() -> assignments.recordGroups(transaction, part.groups()))
                .chain(() -> assignments.recordSelections(transaction, part.selections()))
                .chain(() -> ledger.markWide(transaction, wide));
    }

    private Uni<Void> recordCohorts(SqlConnection transaction, ChangeSet part, List<WideMark> wide) {
        return cohorts.record(transaction, part.cohorts())
                .invoke(changed -> addCohorts(changed, wide))
                .chain(() -> cohorts.recordGroups(transaction, part.cohortGroups()))
                .invoke(changed -> addCohorts(changed, wide))
                .replaceWithVoid();
    }

    private Uni<Void> recordPeople(SqlConnection transaction, ChangeSet part, List<WideMark> wide) {
        return enrollments.recordStaff(transaction, part.staff())
                .invoke(changed -> addLearners(changed, wide))
                .chain(() -> roles.record(transaction, part.roles()))
                .invoke(changed -> addRoles(changed, part, wide))
                .replaceWithVoid();
    }

    private static void addCohorts(Collection<Long> ids, List<WideMark> wide) {
        ids.stream().map(WideMark::ofCohort).forEach(wide::add);
    }

    private static void addLearners(Collection<Long> ids, List<WideMark> wide) {
        ids.stream().map(WideMark::ofLearner).forEach(wide::add);
    }

    private static void addRoles(Collection<CourseRole> changed, ChangeSet part, List<WideMark> wide) {
        for (var role : changed) {
            if (role.course().isPresent()) {
                part.stale(new Enrollment(part.ids().of(role.course().get()), role.learnerId()));
            } else {
                wide.add(WideMark.ofLearner(role.learnerId()));
            }
        }
    }
}
