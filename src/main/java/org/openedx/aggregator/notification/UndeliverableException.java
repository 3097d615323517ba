package org.openedx.aggregator.notification;

/** No further attempt would help; the message says why, for a person. */
public class UndeliverableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UndeliverableException(String message) {
        super(message);
    }
}
