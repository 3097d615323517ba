package org.openedx.aggregator.task;

import java.time.Instant;
import java.util.Optional;

/**
 * Which tasks are wanted; what is empty does not matter.
 *
 * @param owner a username
 */
public record TaskFilter(Optional<String> owner, Optional<String> state, Optional<String> action,
        Optional<Instant> createdAfter) {
}
