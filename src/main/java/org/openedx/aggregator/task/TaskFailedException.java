package org.openedx.aggregator.task;

/** The work cannot be done; the message is a sentence for the person who asked for it. */
public class TaskFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TaskFailedException(String message) {
        super(message);
    }

    public TaskFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
