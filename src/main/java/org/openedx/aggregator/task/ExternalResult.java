package org.openedx.aggregator.task;

import java.util.UUID;

/**
 * What became of an event.
 *
 * @param task whose it is, whether there is one or not
 * @param detail for a person
 */
public record ExternalResult(UUID task, Outcome outcome, String detail) {

    /** Only what was applied has changed something. */
    public enum Outcome {
        APPLIED,
        /** It, or a later one, was applied before. */
        REPEATED,
        /** The task has ended, or was removed. */
        FINISHED,
        UNKNOWN,
        /** It makes no sense where the task is. */
        REFUSED;

        /** Whether somebody should look at the event. */
        public boolean isPoison() {
            return this == UNKNOWN || this == REFUSED;
        }
    }
}
