package org.openedx.aggregator.task;

/** Tells a running task that it is not the one any more that may run: its lease had ended, or its row is gone. */
public class ClaimLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClaimLostException() {
        super("The task is held by somebody else");
    }
}
