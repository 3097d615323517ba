package org.openedx.aggregator.learner;

/** A person the LMS has told of. */
public record Learner(long id, String username) {
}
