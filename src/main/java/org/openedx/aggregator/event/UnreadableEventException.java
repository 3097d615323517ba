package org.openedx.aggregator.event;

/** A record that says nothing we can act on, now or later; the message is the reason shown in its dead letter. */
class UnreadableEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final LetterReason reason;

    UnreadableEventException(String message) {
        this(LetterReason.UNREADABLE, message);
    }

    UnreadableEventException(LetterReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    LetterReason reason() {
        return reason;
    }

    // Dead letters may come by the thousand; where in our code the record was refused is of no interest.
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
