package org.openedx.aggregator.learner;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * In which cohort of a course a learner is, as the LMS said: by id, by name, or in none.
 *
 * @param saidAt microseconds since 1970-01-01T00:00:00Z
 */
public record Membership(Enrollment enrollment, Optional<Long> cohortId, Optional<String> cohortName, long saidAt)
        implements
            Word {

    @Override
    public List<Object> key() {
        return enrollment.key();
    }

    @Override
    public List<Object> values() {
        return Arrays.asList(cohortId.orElse(null), cohortName.orElse(null));
    }
}
