package org.openedx.aggregator.task;

/** A task cannot be shared like this. */
public class InvalidGrantException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidGrantException(String message) {
        super(message);
    }
}
