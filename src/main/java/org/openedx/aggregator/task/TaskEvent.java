package org.openedx.aggregator.task;

import java.util.UUID;

/** What there is to tell who watches a task. */
public sealed interface TaskEvent {

    /** How far the task is now. */
    record Changed(TaskStatus task) implements TaskEvent {
    }

    /** There is no such task any more; nothing follows. */
    record Deleted(UUID task) implements TaskEvent {
    }

    /** Nothing happened for a while; both sides learn whether the other is still there. */
    record Unchanged() implements TaskEvent {
    }
}
