package org.openedx.aggregator.notification.webhook;

import java.util.Optional;
import java.util.Set;

import org.openedx.aggregator.task.TaskState;

/**
 * A subscription that is asked for.
 *
 * @param secret of the receiver's choice, as {@code whsec_} and base64 of 24 to 64 bytes; else one is made
 * @param states only these final states; empty for all
 * @param actions only these kinds of tasks; empty for all
 * @param everybody of all tasks
 */
public record WebhookRequest(String url, Optional<String> secret, Set<String> states, Set<String> actions,
        boolean everybody) {

    private static final int MAX_ACTIONS = 50;
    private static final int MAX_ACTION = 128;

    /** @throws InvalidWebhookException if it could never be told of anything */
    public WebhookRequest {
        for (var state : states) {
            if (!TaskState.isFinished(state)) {
                throw new InvalidWebhookException("Not a final state of a task: give Succeeded, Failed or Canceled.");
            }
        }
        if (actions.size() > MAX_ACTIONS || actions.stream().anyMatch(action -> action.length() > MAX_ACTION)) {
            throw new InvalidWebhookException("Too many actions, or too long ones.");
        }
    }
}
