package org.openedx.aggregator.learner;

import java.util.List;
import java.util.Optional;

import org.openedx.aggregator.key.CourseKey;

/**
 * Whether a learner has a role in a course, or in every course of an organisation, as the LMS said.
 *
 * @param course empty for all of the organisation's
 * @param saidAt microseconds since 1970-01-01T00:00:00Z
 */
public record CourseRole(long learnerId, String org, Optional<CourseKey> course, String role, boolean granted, long saidAt)
        implements
            Word {

    /** Longest name of an organisation or a role in the LMS's table. */
    public static final int MAX_LENGTH = 64;

    @Override
    public List<Object> key() {
        return List.of(learnerId, org, course.map(CourseKey::value).orElse(""), role);
    }

    @Override
    public List<Object> values() {
        return List.of(granted);
    }
}
