package org.openedx.aggregator.task;

import java.util.UUID;

/** What is asked for is being done already. */
public class TaskRunningException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final UUID running;

    TaskRunningException(UUID running) {
        super("This task is running already.");
        this.running = running;
    }

    /** The task that does it. */
    public UUID running() {
        return running;
    }
}
