package org.openedx.aggregator.aggregation;

import org.openedx.aggregator.key.CourseKey;

/** A course that was never heard of. */
public class CourseNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CourseNotFoundException(CourseKey course) {
        super("Course '" + course.value() + "' is not known.");
    }
}
