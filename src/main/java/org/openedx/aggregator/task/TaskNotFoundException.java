package org.openedx.aggregator.task;

/** There is no such task, or it is somebody else's. */
public class TaskNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TaskNotFoundException() {
        super("Not found.");
    }
}
