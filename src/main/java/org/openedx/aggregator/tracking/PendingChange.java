package org.openedx.aggregator.tracking;

/**
 * A change that waits in the outbox, with what its events say about the course and the learner.
 *
 * @param username empty if the LMS has not told it yet
 */
record PendingChange(ResultChange change, String course, String org, String username) {

    int events() {
        return change.blocks().size();
    }
}
