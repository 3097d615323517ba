package org.openedx.aggregator.support;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.task.TaskProgress;
import org.openedx.aggregator.task.UserTask;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/** An important task that need not be done twice. */
@ApplicationScoped
public class JoiningTask implements UserTask {

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
    public int totalSteps(JsonObject parameters) {
        return 1;
    }

    @Override
    public Uni<Void> run(TaskProgress progress) {
        return Uni.createFrom().voidItem();
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
