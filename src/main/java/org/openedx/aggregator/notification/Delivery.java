package org.openedx.aggregator.notification;

import io.vertx.core.json.JsonObject;

/**
 * What is to be sent now.
 *
 * @param uuid the same in each attempt
 * @param target whom the channel sends it to
 * @param attempt from 1
 */
public record Delivery(String uuid, String target, String task, JsonObject payload, int attempt) {
}
