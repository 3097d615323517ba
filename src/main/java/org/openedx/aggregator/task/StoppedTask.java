package org.openedx.aggregator.task;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A task that has succeeded, failed or was cancelled.
 *
 * @param userId of the LMS; service accounts have none
 * @param email of who asked for it, as known then
 * @param language of who asked for it
 * @param error why it failed, for a person
 */
public record StoppedTask(TaskStatus status, OptionalLong userId, Optional<String> email, Optional<String> language,
        Optional<String> error) {
}
