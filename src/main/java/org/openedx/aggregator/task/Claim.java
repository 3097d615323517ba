package org.openedx.aggregator.task;

import java.util.Optional;

import io.vertx.core.json.JsonObject;

/** A task that one worker holds, until it finishes it or its lease ends. */
record Claim(long number, String uuid, String action, Optional<String> parent, int attempt, JsonObject parameters,
        Optional<JsonObject> checkpoint) {
}
