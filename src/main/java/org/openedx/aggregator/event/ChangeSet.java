package org.openedx.aggregator.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.openedx.aggregator.completion.BlockCompletion;
import org.openedx.aggregator.event.ChangeRecorder.Ids;
import org.openedx.aggregator.learner.Cohort;
import org.openedx.aggregator.learner.CohortGroup;
import org.openedx.aggregator.learner.CourseRole;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.learner.EnrollmentChange;
import org.openedx.aggregator.learner.LearnerGroup;
import org.openedx.aggregator.learner.LearnerName;
import org.openedx.aggregator.learner.LibrarySelection;
import org.openedx.aggregator.learner.Membership;
import org.openedx.aggregator.learner.StaffFlag;

/** Changes sorted by the room they go to, and the enrolments they make stale. */
record ChangeSet(Ids ids, List<LearnerName> names, List<StaffFlag> staff, List<EnrollmentChange> enrollments,
        List<Membership> members, List<Cohort> cohorts, List<CohortGroup> cohortGroups, List<CourseRole> roles,
        List<LearnerGroup> groups, List<LibrarySelection> selections, List<BlockCompletion> completions,
        Set<Integer> courses, Set<Enrollment> stale) {

    ChangeSet(Ids ids) {
        this(ids, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(),
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(),
                new HashSet<>(), new HashSet<>());
    }

    void add(Change change) {
        change.addTo(this, ids);
    }

    boolean isEmpty() {
        return all().stream().allMatch(Collection::isEmpty);
    }

    void stale(Enrollment enrollment) {
        stale.add(enrollment);
    }

    private List<Collection<?>> all() {
        return List.of(names, staff, enrollments, members, cohorts, cohortGroups, roles, groups, selections, completions,
                courses);
    }
}
