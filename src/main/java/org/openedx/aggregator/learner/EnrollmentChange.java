package org.openedx.aggregator.learner;

import java.util.List;

/**
 * What the LMS said about an enrolment.
 *
 * @param mode the track: audit, verified, …
 * @param saidAt microseconds since 1970-01-01T00:00:00Z
 */
public record EnrollmentChange(Enrollment enrollment, boolean active, String mode, long saidAt) implements Word {

    /** Longest mode of the LMS. */
    public static final int MAX_MODE_LENGTH = 100;

    public EnrollmentChange {
        if (mode.codePointCount(0, mode.length()) > MAX_MODE_LENGTH) {
            throw new IllegalArgumentException("A mode has at most " + MAX_MODE_LENGTH + " characters");
        }
    }

    @Override
    public List<Object> key() {
        return enrollment.key();
    }

    @Override
    public List<Object> values() {
        return List.of(active, mode);
    }
}
