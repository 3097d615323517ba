package org.openedx.aggregator.support;

import jakarta.enterprise.context.ApplicationScoped;

import io.vertx.core.json.JsonObject;

/** An important task that need not be done twice. */
@ApplicationScoped
public class JoiningTask extends NoWork {

    public static final String ACTION = "test.joining";

    @Override
    public String action() {
        return ACTION;
    }

    @Override
    public String name(JsonObject parameters) {
        return "Joined work";
    }

    @Override
    public boolean joinsRunning() {
        return true;
    }

    @Override
    public int priority() {
        return 5;
    }
}
