package org.openedx.aggregator.api.completion;

/** A parameter that cannot be understood; the message names it. */
public class InvalidParameterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidParameterException(String message) {
        super(message);
    }
}
