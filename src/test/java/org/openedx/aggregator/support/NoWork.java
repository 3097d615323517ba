package org.openedx.aggregator.support;

import org.openedx.aggregator.task.TaskProgress;
import org.openedx.aggregator.task.UserTask;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/** A task of one step that is done as soon as it is begun. */
public abstract class NoWork implements UserTask {

    @Override
    public int totalSteps(JsonObject parameters) {
        return 1;
    }

    @Override
    public Uni<Void> run(TaskProgress progress) {
        return Uni.createFrom().voidItem();
    }
}
