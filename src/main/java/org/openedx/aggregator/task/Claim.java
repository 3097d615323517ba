package org.openedx.aggregator.task;

import java.util.Optional;

import io.vertx.core.json.JsonObject;

/**
 * A task that one worker holds, until it finishes it or its lease ends.
 *
 * @param parts whether others do some of it
 */
record Claim(long number, String uuid, String action, Optional<String> parent, boolean parts, int attempt,
        JsonObject parameters,
        Optional<JsonObject> checkpoint) {

    Claim withParts() {
        return new Claim(number, uuid, action, parent, true, attempt, parameters, checkpoint);
    }
}
