package org.openedx.aggregator.support;

import jakarta.enterprise.context.ApplicationScoped;

import io.vertx.core.json.JsonObject;

/** A task whose end is no news. */
@ApplicationScoped
public class QuietTask extends NoWork {

    public static final String ACTION = "test.quiet";

    @Override
    public String action() {
        return ACTION;
    }

    @Override
    public String name(JsonObject parameters) {
        return "Quiet work";
    }

    @Override
    public boolean isQuiet() {
        return true;
    }
}
