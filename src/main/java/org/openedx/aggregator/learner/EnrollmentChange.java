package org.openedx.aggregator.learner;

/**
 * What the LMS said about an enrolment.
 *
 * @param mode the track: audit, verified, …
 * @param changedAt microseconds since 1970-01-01T00:00:00Z
 */
public record EnrollmentChange(Enrollment enrollment, boolean active, String mode, long changedAt) {

    /** Longest mode of the LMS. */
    public static final int MAX_MODE_LENGTH = 100;

    public EnrollmentChange {
        if (mode.codePointCount(0, mode.length()) > MAX_MODE_LENGTH) {
            throw new IllegalArgumentException("A mode has at most " + MAX_MODE_LENGTH + " characters");
        }
    }

    static EnrollmentChange newer(EnrollmentChange earlier, EnrollmentChange later) {
        return later.changedAt >= earlier.changedAt ? later : earlier;
    }
}
