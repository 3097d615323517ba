package org.openedx.aggregator.notification;

import io.vertx.core.json.JsonObject;

/**
 * What is to be sent soon, once for a task, channel and target.
 *
 * @param target whom the channel sends it to, of at most 150 characters
 * @param lane what slows down together, such as a host
 */
public record NewDelivery(String channel, String target, String lane, String task, JsonObject payload) {
}
