package org.openedx.aggregator.event;

import java.util.List;
import java.util.OptionalDouble;

import org.openedx.aggregator.event.Change.BlockCompleted;
import org.openedx.aggregator.event.Change.EnrollmentChanged;
import org.openedx.aggregator.event.Change.LearnerNamed;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.InvalidKeyException;
import org.openedx.aggregator.key.UsageKey;
import org.openedx.aggregator.learner.EnrollmentChange;
import org.openedx.aggregator.learner.LearnerName;

/** Builds facts from what events say; every format checks alike. */
final class Facts {

    private Facts() {
    }

    static BlockCompleted completed(long learnerId, String course, String block, double completion, long modified) {
        // The comparison is written so that NaN fails it.
        if (!(completion >= 0.0 && completion <= 1.0)) {
            throw new UnreadableEventException("completion must be between 0.0 and 1.0, not " + completion);
        }
        // Adding makes the negative zero, which a client would show, a positive one.
        return fact(learnerId, course, block, OptionalDouble.of(completion + 0.0), modified);
    }

    static BlockCompleted deleted(long learnerId, String course, String block, long deletedAt) {
        return fact(learnerId, course, block, OptionalDouble.empty(), deletedAt);
    }

    static LearnerNamed named(long learnerId, String username, long saidAt) {
        return new LearnerNamed(learner(learnerId), username(username), saidAt);
    }

    /** What is said about an enrolment, and about the learner in passing; nothing if it is one in a library. */
    static List<Change> enrollment(LearnerNamed named, String course, boolean active, String mode) {
        if (CourseKey.isLibrary(course)) {
            return List.of();
        }
        return List.of(named,
                new EnrollmentChanged(named.learnerId(), course(course), active, mode(mode), named.saidAt()));
    }

    static long learner(long id) {
        if (id <= 0) {
            throw new UnreadableEventException("user id must be positive, not " + id);
        }
        return id;
    }

    static String username(String text) {
        if (text.isEmpty() || text.codePointCount(0, text.length()) > LearnerName.MAX_LENGTH) {
            throw new UnreadableEventException("username must have 1 to " + LearnerName.MAX_LENGTH + " characters");
        }
        return text;
    }

    static String mode(String text) {
        if (text.codePointCount(0, text.length()) > EnrollmentChange.MAX_MODE_LENGTH) {
            throw new UnreadableEventException("mode must have at most " + EnrollmentChange.MAX_MODE_LENGTH + " characters");
        }
        return text;
    }

    static CourseKey course(String text) {
        try {
            return CourseKey.parse(text);
        } catch (InvalidKeyException e) {
            throw new UnreadableEventException(e.getMessage());
        }
    }

    private static BlockCompleted fact(long learnerId, String course, String block, OptionalDouble completion, long at) {
        var courseKey = course(course);
        try {
            return new BlockCompleted(learner(learnerId), courseKey, UsageKey.parse(block).mapIntoCourse(courseKey),
                    completion, at);
        } catch (InvalidKeyException e) {
            throw new UnreadableEventException(e.getMessage());
        }
    }
}
