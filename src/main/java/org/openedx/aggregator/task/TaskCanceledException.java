package org.openedx.aggregator.task;

/** Tells a running task that it was cancelled. */
public class TaskCanceledException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TaskCanceledException() {
        super("The task was cancelled");
    }
}
