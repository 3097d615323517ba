package org.openedx.aggregator.notification.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A subscription.
 *
 * @param owner a username
 * @param everybody whether it is told of all tasks, not of the owner's alone
 * @param states told of; empty for all
 * @param actions told of; empty for all
 * @param active until its receiver said that it was gone
 */
public record Webhook(UUID uuid, String owner, boolean everybody, URI url, Set<String> states, Set<String> actions,
        boolean active, Instant created) {

    boolean wants(String username, String state, String action) {
        return (everybody || owner.equals(username))
                && (states.isEmpty() || states.contains(state))
                && (actions.isEmpty() || actions.contains(action));
    }
}
