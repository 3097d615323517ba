package org.openedx.aggregator.course;

import org.openedx.aggregator.key.CourseKey;

/** A requested course that one worker holds, until it says what came of it or its lease ends. */
public record StructureClaim(long claim, int courseId, CourseKey course) {
}
