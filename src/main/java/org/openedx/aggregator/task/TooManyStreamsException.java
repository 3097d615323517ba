package org.openedx.aggregator.task;

import java.time.Duration;

/** Nobody else can watch a task live now; who asks for its state now and then gets it. */
public class TooManyStreamsException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final boolean ofOnePerson;

    private TooManyStreamsException(String message, boolean ofOnePerson) {
        super(message);
        this.ofOnePerson = ofOnePerson;
    }

    static TooManyStreamsException ofPerson() {
        return new TooManyStreamsException("You watch too many tasks at once. Close another page.", true);
    }

    static TooManyStreamsException ofReplica() {
        return new TooManyStreamsException("Too many tasks are being watched. Try again later.", false);
    }

    /** Whether it is all their own. */
    public boolean isOfOnePerson() {
        return ofOnePerson;
    }

    public Duration retryAfter() {
        return RETRY_AFTER;
    }
}
