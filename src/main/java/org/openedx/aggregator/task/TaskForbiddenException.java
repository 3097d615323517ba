package org.openedx.aggregator.task;

/** Who asks may see the task and not do this with it. */
public class TaskForbiddenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TaskForbiddenException() {
        super("You do not have permission to perform this action.");
    }
}
