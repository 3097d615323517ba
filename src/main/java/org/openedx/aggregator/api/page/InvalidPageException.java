package org.openedx.aggregator.api.page;

/** A page that a list does not have. */
public class InvalidPageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidPageException() {
        super("Invalid page.");
    }
}
