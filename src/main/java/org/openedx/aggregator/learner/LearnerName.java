package org.openedx.aggregator.learner;

import java.util.List;

/**
 * What the LMS said a learner is called.
 *
 * @param saidAt microseconds since 1970-01-01T00:00:00Z
 */
public record LearnerName(long learnerId, String username, long saidAt) implements Word {

    /** Longest username of the LMS. */
    public static final int MAX_LENGTH = 150;

    public LearnerName {
        if (username.isEmpty() || username.codePointCount(0, username.length()) > MAX_LENGTH) {
            throw new IllegalArgumentException("A username has 1 to " + MAX_LENGTH + " characters");
        }
    }

    @Override
    public List<Object> key() {
        return List.of(learnerId);
    }

    @Override
    public List<Object> values() {
        return List.of(username);
    }
}
