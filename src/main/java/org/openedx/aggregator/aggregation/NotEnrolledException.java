package org.openedx.aggregator.aggregation;

import org.openedx.aggregator.key.CourseKey;

/** A learner has no active enrolment in the course asked for. */
public class NotEnrolledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotEnrolledException(String username, CourseKey course) {
        super("User '" + username + "' does not have an active enrollment in course '" + course.value() + "'.");
    }
}
