package org.openedx.aggregator.page;

import org.openedx.aggregator.task.TaskState;

/** What a state means at a glance: the shape and the colour beside its text. */
enum Tone {

    WAITING,
    RUNNING,
    RETRYING,
    SUCCEEDED,
    FAILED,
    CANCELED;

    /** Whatever is no state of its own is what a running task says. */
    static Tone of(String state) {
        return switch (state) {
            case TaskState.PENDING -> WAITING;
            case TaskState.RETRYING -> RETRYING;
            case TaskState.SUCCEEDED -> SUCCEEDED;
            case TaskState.FAILED -> FAILED;
            case TaskState.CANCELED -> CANCELED;
            default -> RUNNING;
        };
    }
}
