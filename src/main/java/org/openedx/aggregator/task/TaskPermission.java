package org.openedx.aggregator.task;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the owner of a task may let others do with it. */
public enum TaskPermission {

    /** Whoever may do anything else may do this, too. */
    VIEW,

    /** To see what the task has left. */
    ARTIFACTS,

    CANCEL,

    DELETE;

    /** As it is written in requests. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<TaskPermission> of(String word) {
        return Arrays.stream(values()).filter(permission -> permission.word().equals(word)).findFirst();
    }
}
