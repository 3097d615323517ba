package org.openedx.aggregator.api.limit;

import java.time.Duration;

/** A caller has asked for more than their share. */
public class TooManyRequestsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    TooManyRequestsException(Duration retryAfter) {
        super("Request was throttled. Expected available in " + retryAfter.toSeconds()
                + (retryAfter.toSeconds() == 1 ? " second." : " seconds."));
        this.retryAfter = retryAfter;
    }

    /** In whole seconds, at least one. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
