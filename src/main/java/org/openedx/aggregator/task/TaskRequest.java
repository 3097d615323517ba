package org.openedx.aggregator.task;

import io.vertx.core.json.JsonObject;

/** A piece of work that is asked for: its kind, and what that kind needs to know. */
public record TaskRequest(String action, JsonObject parameters) implements TaskPlan {
}
