package org.openedx.aggregator.task;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How far a task is.
 *
 * @param action its kind; of a container group, chain or chord
 * @param state one of {@link TaskState} or, while it runs, any text
 * @param attempts from 1
 * @param version raised by each change
 * @param artifacts the oldest first
 */
public record TaskStatus(UUID uuid, String username, String action, String name, String state, long completedSteps,
        long totalSteps, int attempts, Instant created, Instant modified, Optional<Instant> started,
        Optional<Instant> finished, long version, List<UUID> artifacts) {

    public boolean isFinished() {
        return TaskState.isFinished(state);
    }

    /** 0 to 100. */
    public int percent() {
        if (state.equals(TaskState.SUCCEEDED)) {
            return 100;
        }
        return totalSteps == 0 ? 0 : (int) Math.min(100, completedSteps * 100 / totalSteps);
    }
}
