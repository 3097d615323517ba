package org.openedx.aggregator.api.completion;

/** Nobody has the given username. */
public class LearnerNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LearnerNotFoundException(String username) {
        super("User '" + CompletionQuery.shortened(username) + "' does not exist.");
    }
}
