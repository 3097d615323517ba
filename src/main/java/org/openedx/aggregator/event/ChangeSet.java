package org.openedx.aggregator.event;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.openedx.aggregator.completion.BlockCompletion;
import org.openedx.aggregator.event.Change.BlockCompleted;
import org.openedx.aggregator.event.Change.EnrollmentChanged;
import org.openedx.aggregator.event.Change.LearnerNamed;
import org.openedx.aggregator.event.ChangeRecorder.Ids;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.learner.EnrollmentChange;
import org.openedx.aggregator.learner.LearnerName;

/** Changes sorted by the room they go to, and the enrolments they make stale. */
final class ChangeSet {

    private final List<LearnerName> names = new ArrayList<>();
    private final List<EnrollmentChange> enrollments = new ArrayList<>();
    private final List<BlockCompletion> completions = new ArrayList<>();
    private final Set<Enrollment> stale = new HashSet<>();

    void add(Change change, Ids ids) {
        if (change instanceof BlockCompleted completed) {
            add(completed, ids);
        } else if (change instanceof EnrollmentChanged enrollment) {
            add(enrollment, ids);
        } else if (change instanceof LearnerNamed named) {
            names.add(new LearnerName(named.learnerId(), named.username(), named.saidAt()));
        }
    }

    boolean isEmpty() {
        return names.isEmpty() && enrollments.isEmpty() && completions.isEmpty();
    }

    List<LearnerName> names() {
        return names;
    }

    List<EnrollmentChange> enrollments() {
        return enrollments;
    }

    List<BlockCompletion> completions() {
        return completions;
    }

    Set<Enrollment> stale() {
        return stale;
    }

    // Marked even if no such enrolment is known: it may be on its way, in another transaction that does not see this one.
    private void add(BlockCompleted completed, Ids ids) {
        var enrollment = new Enrollment(ids.courses().get(completed.course()), completed.learnerId());
        int blockId = ids.blocks().get(completed.course()).get(completed.block());
        completions.add(new BlockCompletion(enrollment, blockId, completed.completion(), completed.modified()));
        stale.add(enrollment);
    }

    private void add(EnrollmentChanged changed, Ids ids) {
        var enrollment = new Enrollment(ids.courses().get(changed.course()), changed.learnerId());
        enrollments.add(new EnrollmentChange(enrollment, changed.active(), changed.mode(), changed.changedAt()));
        stale.add(enrollment);
    }
}
