package org.openedx.aggregator.learner;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which content group a cohort has, as the LMS said; empty for none.
 *
 * @param saidAt microseconds since 1970-01-01T00:00:00Z
 */
public record CohortGroup(long cohortId, Optional<Group> group, long saidAt) implements Word {

    @Override
    public List<Object> key() {
        return List.of(cohortId);
    }

    @Override
    public List<Object> values() {
        return Arrays.asList(group.map(Group::partitionId).orElse(null), group.map(Group::groupId).orElse(null));
    }
}
