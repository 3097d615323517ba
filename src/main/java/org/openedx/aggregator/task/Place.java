package org.openedx.aggregator.task;

import java.util.Optional;

/**
 * Where a task is among others.
 *
 * @param top the outermost container
 * @param level how many containers are around it, 0 to 4
 * @param index among the parts of its container
 */
record Place(Optional<String> parent, Optional<String> top, int level, int index) {

    /** As many levels as a person can follow. */
    static final int MAX_DEPTH = 5;

    static final Place ALONE = new Place(Optional.empty(), Optional.empty(), 0, 0);

    Place {
        if (level >= MAX_DEPTH) {
            throw new IllegalArgumentException("Tasks are nested at most " + MAX_DEPTH + " deep");
        }
    }

    /** The place of a part of the task that is here. */
    Place below(String task, int at) {
        return new Place(Optional.of(task), top.or(() -> Optional.of(task)), level + 1, at);
    }
}
