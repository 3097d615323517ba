package org.openedx.aggregator.support;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.task.TaskProgress;
import org.openedx.aggregator.task.UserTask;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/** A task whose end is no news. */
@ApplicationScoped
public class QuietTask implements UserTask {

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
    public int totalSteps(JsonObject parameters) {
        return 1;
    }

    @Override
    public Uni<Void> run(TaskProgress progress) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public boolean isQuiet() {
        return true;
    }
}
