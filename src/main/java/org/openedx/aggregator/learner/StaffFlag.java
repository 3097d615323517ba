package org.openedx.aggregator.learner;

import java.util.List;

/**
 * Whether a learner is global staff of the LMS, as it said.
 *
 * @param saidAt microseconds since 1970-01-01T00:00:00Z
 */
public record StaffFlag(long learnerId, boolean staff, long saidAt) implements Word {

    @Override
    public List<Object> key() {
        return List.of(learnerId);
    }

    @Override
    public List<Object> values() {
        return List.of(staff);
    }
}
