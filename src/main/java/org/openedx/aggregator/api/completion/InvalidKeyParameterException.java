package org.openedx.aggregator.api.completion;

/** A key in a path or parameter that is none; clients of the reference know it as "not found". */
public class InvalidKeyParameterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidKeyParameterException(String message) {
        super(message);
    }
}
