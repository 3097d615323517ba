package org.openedx.aggregator.event;

import java.util.OptionalDouble;

import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.UsageKey;

/** What an event says has changed; times are microseconds since 1970-01-01T00:00:00Z. */
sealed interface Change {

    long learnerId();

    /** A learner completed a block so far; without a completion, the LMS deleted it. */
    record BlockCompleted(long learnerId, CourseKey course, UsageKey block, OptionalDouble completion, long modified)
            implements
                Change {
    }

    /** A learner was enrolled, moved to another track or unenrolled. */
    record EnrollmentChanged(long learnerId, CourseKey course, boolean active, String mode, long changedAt)
            implements
                Change {
    }

    /** A learner is called so. */
    record LearnerNamed(long learnerId, String username, long saidAt) implements Change {
    }
}
