package org.openedx.aggregator.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import org.openedx.aggregator.completion.BlockCompletion;
import org.openedx.aggregator.event.ChangeRecorder.Ids;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.UsageKey;
import org.openedx.aggregator.learner.Cohort;
import org.openedx.aggregator.learner.CohortGroup;
import org.openedx.aggregator.learner.CourseRole;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.learner.EnrollmentChange;
import org.openedx.aggregator.learner.Group;
import org.openedx.aggregator.learner.LearnerGroup;
import org.openedx.aggregator.learner.LearnerName;
import org.openedx.aggregator.learner.LibrarySelection;
import org.openedx.aggregator.learner.Membership;
import org.openedx.aggregator.learner.StaffFlag;

/** What an event says has changed; times are microseconds since 1970-01-01T00:00:00Z. */
sealed interface Change {

    /** Changes with the same number are recorded in their order. */
    long order();

    /** The course it takes the id of. */
    Optional<CourseKey> inCourse();

    /** The blocks of that course it takes the ids of. */
    default Collection<UsageKey> blocks() {
        return List.of();
    }

    /** What it is counted as. */
    String outcome();

    /** Adds what is to be recorded. */
    void addTo(ChangeSet set, Ids ids);

    /** A change that concerns one learner. */
    sealed interface OfLearner extends Change {

        long learnerId();

        @Override
        default long order() {
            return learnerId();
        }
    }

    /** A change that concerns one learner in one course, and makes that enrolment stale. */
    sealed interface OfEnrollment extends OfLearner {

        CourseKey course();

        @Override
        default Optional<CourseKey> inCourse() {
            return Optional.of(course());
        }

        // Marked even if no such enrolment is known: it may be on its way, in a transaction that does not see this one.
        @Override
        default void addTo(ChangeSet set, Ids ids) {
            var enrollment = new Enrollment(ids.of(course()), learnerId());
            add(set, enrollment, ids);
            set.stale(enrollment);
        }

        void add(ChangeSet set, Enrollment enrollment, Ids ids);
    }

    /** A learner completed a block so far; without a completion, the LMS deleted it. */
    record BlockCompleted(long learnerId, CourseKey course, UsageKey block, OptionalDouble completion, long modified)
            implements
                OfEnrollment {

        @Override
        public Collection<UsageKey> blocks() {
            return List.of(block);
        }

        @Override
        public String outcome() {
            return "completion";
        }

        @Override
        public void add(ChangeSet set, Enrollment enrollment, Ids ids) {
            set.completions().add(new BlockCompletion(enrollment, ids.of(course, block), completion, modified));
        }
    }

    /** A learner was enrolled, moved to another track or unenrolled. */
    record EnrollmentChanged(long learnerId, CourseKey course, boolean active, String mode, long changedAt)
            implements
                OfEnrollment {

        @Override
        public String outcome() {
            return "enrollment";
        }

        @Override
        public void add(ChangeSet set, Enrollment enrollment, Ids ids) {
            set.enrollments().add(new EnrollmentChange(enrollment, active, mode, changedAt));
        }
    }

    /** A learner is called so. */
    record LearnerNamed(long learnerId, String username, long saidAt) implements OfLearner {

        @Override
        public Optional<CourseKey> inCourse() {
            return Optional.empty();
        }

        @Override
        public String outcome() {
            return "learner";
        }

        @Override
        public void addTo(ChangeSet set, Ids ids) {
            set.names().add(new LearnerName(learnerId, username, saidAt));
        }
    }

    /** A learner is global staff, or is not. */
    record StaffChanged(long learnerId, boolean staff, long changedAt) implements OfLearner {

        @Override
        public Optional<CourseKey> inCourse() {
            return Optional.empty();
        }

        @Override
        public String outcome() {
            return "staff";
        }

        @Override
        public void addTo(ChangeSet set, Ids ids) {
            set.staff().add(new StaffFlag(learnerId, staff, changedAt));
        }
    }

    /** A learner got a role or lost it, in a course or, without one, in all of the organisation's. */
    record RoleChanged(long learnerId, String org, Optional<CourseKey> inCourse, String role, boolean granted,
            long changedAt)
            implements
                OfLearner {

        @Override
        public String outcome() {
            return "role";
        }

        @Override
        public void addTo(ChangeSet set, Ids ids) {
            set.roles().add(new CourseRole(learnerId, org, inCourse, role, granted, changedAt));
        }
    }

    /** A learner is in this cohort now, known by id or by name, or in none. */
    record CohortJoined(long learnerId, CourseKey course, Optional<Long> cohortId, Optional<String> cohortName,
            long changedAt)
            implements
                OfEnrollment {

        @Override
        public String outcome() {
            return "cohort_member";
        }

        @Override
        public void add(ChangeSet set, Enrollment enrollment, Ids ids) {
            set.members().add(new Membership(enrollment, cohortId, cohortName, changedAt));
        }
    }

    /** A cohort came, is called so, or went. */
    record CohortChanged(long cohortId, CourseKey course, String name, boolean present, long changedAt)
            implements
                Change {

        @Override
        public long order() {
            return cohortId;
        }

        @Override
        public Optional<CourseKey> inCourse() {
            return Optional.of(course);
        }

        @Override
        public String outcome() {
            return "cohort";
        }

        @Override
        public void addTo(ChangeSet set, Ids ids) {
            set.cohorts().add(new Cohort(cohortId, ids.of(course), name, present, changedAt));
        }
    }

    /** A cohort has this content group now, or none. */
    record CohortGrouped(long cohortId, Optional<Group> group, long changedAt) implements Change {

        @Override
        public long order() {
            return cohortId;
        }

        @Override
        public Optional<CourseKey> inCourse() {
            return Optional.empty();
        }

        @Override
        public String outcome() {
            return "cohort_group";
        }

        @Override
        public void addTo(ChangeSet set, Ids ids) {
            set.cohortGroups().add(new CohortGroup(cohortId, group, changedAt));
        }
    }

    /** A learner was put into a group of a partition, or taken out of it. */
    record GroupAssigned(long learnerId, CourseKey course, int partitionId, Optional<Integer> groupId, long changedAt)
            implements
                OfEnrollment {

        @Override
        public String outcome() {
            return "learner_group";
        }

        @Override
        public void add(ChangeSet set, Enrollment enrollment, Ids ids) {
            set.groups().add(new LearnerGroup(enrollment, partitionId, groupId, changedAt));
        }
    }

    /** The LMS picked these blocks of a library for a learner; none if it has picked nothing yet. */
    record BlocksSelected(long learnerId, CourseKey course, UsageKey library, List<UsageKey> selected, long changedAt)
            implements
                OfEnrollment {

        @Override
        public Collection<UsageKey> blocks() {
            var all = new ArrayList<>(selected);
            all.add(library);
            return all;
        }

        @Override
        public String outcome() {
            return "selection";
        }

        @Override
        public void add(ChangeSet set, Enrollment enrollment, Ids ids) {
            var blockIds = selected.stream().map(block -> ids.of(course, block)).toList();
            set.selections().add(new LibrarySelection(enrollment, ids.of(course, library), blockIds, changedAt));
        }
    }

    /** The structure of a course may be another now. */
    record StructureChanged(CourseKey course) implements Change {

        @Override
        public long order() {
            return 0;
        }

        @Override
        public Optional<CourseKey> inCourse() {
            return Optional.of(course);
        }

        @Override
        public String outcome() {
            return "structure";
        }

        @Override
        public void addTo(ChangeSet set, Ids ids) {
            set.courses().add(ids.of(course));
        }
    }
}
