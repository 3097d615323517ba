package org.openedx.aggregator.learner;

import java.util.List;

/**
 * What the LMS said about a cohort.
 *
 * @param present false when it was deleted
 * @param saidAt microseconds since 1970-01-01T00:00:00Z
 */
public record Cohort(long id, int courseId, String name, boolean present, long saidAt) implements Word {

    @Override
    public List<Object> key() {
        return List.of(id);
    }

    @Override
    public List<Object> values() {
        return List.of(courseId, name, present);
    }
}
