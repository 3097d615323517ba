package org.openedx.aggregator.lms;

import java.time.Duration;

/** The LMS did not give what it was asked for; the message tells an operator why, and is kept with the course. */
class LmsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is to be done about it: come again soon, later, when somebody has mended it; or the course is gone. */
    enum Trouble {
        UNAVAILABLE,
        THROTTLED,
        REFUSED,
        MISSING,
        UNUSABLE
    }

    private final Trouble trouble;
    private final Duration retryAfter;

    LmsException(Trouble trouble, String message) {
        this(trouble, message, Duration.ZERO);
    }

    /** @param retryAfter how long the LMS wants to be left alone; zero if it does not say */
    LmsException(Trouble trouble, String message, Duration retryAfter) {
        super(message);
        this.trouble = trouble;
        this.retryAfter = retryAfter;
    }

    Trouble trouble() {
        return trouble;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the LMS itself is in trouble, rather than what it was asked. */
    boolean isPassing() {
        return trouble == Trouble.UNAVAILABLE || trouble == Trouble.THROTTLED;
    }

    // It says what the other side did; where in our code it was noticed is of no interest.
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
