package org.openedx.aggregator.task;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A cancellation that a worker elsewhere is to be told of.
 *
 * @param taskId what the worker calls the task
 * @param requestedBy who cancelled it; empty if it followed from the end of another task
 */
public record TaskCommand(UUID task, String taskId, String worker, Optional<String> requestedBy, Instant time) {
}
