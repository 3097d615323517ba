package org.openedx.aggregator.task;

/** An event about a task of another system that says nothing that can be understood; the message says what is wrong. */
public class InvalidExternalEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidExternalEventException(String message) {
        super(message);
    }
}
