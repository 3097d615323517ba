package org.openedx.aggregator.event;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import org.openedx.aggregator.event.Change.BlockCompleted;
import org.openedx.aggregator.event.Change.CohortJoined;
import org.openedx.aggregator.event.Change.EnrollmentChanged;
import org.openedx.aggregator.event.Change.LearnerNamed;
import org.openedx.aggregator.event.Change.RoleChanged;
import org.openedx.aggregator.event.Change.StructureChanged;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.InvalidKeyException;
import org.openedx.aggregator.key.UsageKey;
import org.openedx.aggregator.learner.CourseRole;
import org.openedx.aggregator.learner.EnrollmentChange;
import org.openedx.aggregator.learner.LearnerName;

/** Builds facts from what events say; every format checks alike. */
final class Facts {

    static final int MAX_COHORT_NAME = 255;

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
                enrolled(named.learnerId(), course(course), active, mode, named.saidAt()));
    }

    /** In which cohort a learner is, and what they are called; nothing if it is one of a library. */
    static List<Change> joined(LearnerNamed named, String course, String cohort) {
        if (CourseKey.isLibrary(course)) {
            return List.of();
        }
        return List.of(named, new CohortJoined(named.learnerId(), course(course), Optional.empty(),
                Optional.of(text("cohort name", cohort, MAX_COHORT_NAME)), named.saidAt()));
    }

    /** A role in a course, or in all courses if none is named; nothing if it is one in a library. */
    static List<Change> role(long learnerId, String org, String course, String role, boolean granted, long at) {
        if (CourseKey.isLibrary(course)) {
            return List.of();
        }
        // Python writes "None" where it has no key.
        var key = course.isEmpty() || course.equals("None") ? Optional.<CourseKey> empty() : Optional.of(course(course));
        // The organisation of a course's role is the course's, whatever the LMS noted beside it.
        var owner = key.map(CourseKey::org).orElse(org);
        return List.of(new RoleChanged(learner(learnerId), text("org", owner, CourseRole.MAX_LENGTH), key,
                text("role", role, CourseRole.MAX_LENGTH), granted, at));
    }

    /** The structure of a course may have changed; nothing if it is a library. */
    static List<Change> structure(String course) {
        return CourseKey.isLibrary(course) ? List.of() : List.of(new StructureChanged(course(course)));
    }

    /** The structure around a block may have changed; nothing if it is in a library, or its key does not say which run. */
    static List<Change> structureOf(String block) {
        if (block.startsWith("lib-block-v1:") || block.startsWith("lb:")) {
            return List.of();
        }
        return usage(block).course().<Change> map(StructureChanged::new).stream().toList();
    }

    static EnrollmentChanged enrolled(long learnerId, CourseKey course, boolean active, String mode, long at) {
        return new EnrollmentChanged(learner(learnerId), course, active, mode(mode), at);
    }

    /** An id that the database keeps as INT. */
    static int smallId(String what, long id) {
        if (id < 0 || id > Integer.MAX_VALUE) {
            throw new UnreadableEventException(what + " is out of range");
        }
        return (int) id;
    }

    static long learner(long id) {
        return positive("user id", id);
    }

    static long positive(String what, long id) {
        if (id <= 0) {
            throw new UnreadableEventException(what + " must be positive, not " + id);
        }
        return id;
    }

    static String text(String what, String text, int maxLength) {
        if (text.codePointCount(0, text.length()) > maxLength) {
            throw new UnreadableEventException(what + " must have at most " + maxLength + " characters");
        }
        return text;
    }

    static UsageKey usage(String text) {
        try {
            return UsageKey.parse(text);
        } catch (InvalidKeyException e) {
            throw new UnreadableEventException(e.getMessage());
        }
    }

    static String username(String text) {
        if (text.isEmpty() || text.codePointCount(0, text.length()) > LearnerName.MAX_LENGTH) {
            throw new UnreadableEventException("username must have 1 to " + LearnerName.MAX_LENGTH + " characters");
        }
        return text;
    }

    static String mode(String text) {
        return text("mode", text, EnrollmentChange.MAX_MODE_LENGTH);
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
