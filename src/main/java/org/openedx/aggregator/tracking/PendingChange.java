package org.openedx.aggregator.tracking;

import java.util.Optional;

/**
 * A change that waits in the outbox, with what its events say about the course and the learner.
 *
 * @param username empty if the LMS has not told it yet
 * @param traceparent the span that stored it, where traces are on
 */
record PendingChange(ResultChange change, String course, String org, String username, Optional<String> traceparent) {

    int events() {
        return change.blocks().size();
    }
}
