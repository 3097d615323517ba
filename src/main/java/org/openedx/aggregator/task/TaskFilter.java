package org.openedx.aggregator.task;

import java.time.Instant;
import java.util.Optional;

/**
 * Which tasks are wanted; what is empty does not matter.
 *
 * @param shared what others share with the viewer, instead of what they started
 */
public record TaskFilter(TaskViewer viewer, boolean shared, Optional<String> state, Optional<String> action,
        Optional<Instant> createdAfter) {
}
