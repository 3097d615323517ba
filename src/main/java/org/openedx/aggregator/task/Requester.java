package org.openedx.aggregator.task;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Who asks for a task.
 *
 * @param userId of the LMS; service accounts have none
 * @param email where to tell of the end
 * @param language to tell it in, as {@code fr}
 */
public record Requester(OptionalLong userId, String username, Optional<String> email, Optional<String> language) {

    /** Somebody who is not written to. */
    public Requester(OptionalLong userId, String username) {
        this(userId, username, Optional.empty(), Optional.empty());
    }
}
