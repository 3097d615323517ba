package org.openedx.aggregator.lease;

/** Tells work that the process is about to end: others are to do it. */
public class InterruptedWorkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InterruptedWorkException() {
        super("The process is stopping");
    }
}
