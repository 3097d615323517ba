package org.openedx.aggregator.task;

import java.util.OptionalLong;

/**
 * Who asks for a task.
 *
 * @param userId of the LMS; service accounts have none
 */
public record Requester(OptionalLong userId, String username) {
}
