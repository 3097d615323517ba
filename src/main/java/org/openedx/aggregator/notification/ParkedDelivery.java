package org.openedx.aggregator.notification;

import java.time.Instant;
import java.util.UUID;

import io.vertx.core.json.JsonObject;

/** What could not be delivered, and why. */
public record ParkedDelivery(UUID uuid, String task, int attempts, String failure, Instant created, Instant parked,
        JsonObject payload) {
}
