package org.openedx.aggregator.task;

import java.util.List;

/** Several pieces of work that are shown as one; each may be several again. */
public record TaskContainer(Container kind, String name, List<? extends TaskPlan> parts) implements TaskPlan {

    public TaskContainer {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("A container has at least one task");
        }
        parts = List.copyOf(parts);
    }
}
