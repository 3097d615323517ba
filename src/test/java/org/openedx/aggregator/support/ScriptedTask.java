package org.openedx.aggregator.support;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.task.TaskProgress;
import org.openedx.aggregator.task.TaskRequest;
import org.openedx.aggregator.task.UserTask;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/** A task that does what a test says. */
@ApplicationScoped
public class ScriptedTask implements UserTask {

    public static final String ACTION = "test.scripted";

    private static final Map<String, Function<TaskProgress, Uni<Void>>> SCRIPTS = new ConcurrentHashMap<>();

    public static TaskRequest request(Function<TaskProgress, Uni<Void>> script) {
        return request(1, script);
    }

    public static TaskRequest request(int steps, Function<TaskProgress, Uni<Void>> script) {
        var name = UUID.randomUUID().toString();
        SCRIPTS.put(name, script);
        return new TaskRequest(ACTION, new JsonObject().put("script", name).put("steps", steps));
    }

    @Override
    public String action() {
        return ACTION;
    }

    @Override
    public String name(JsonObject parameters) {
        return parameters.getString("name", "Scripted work");
    }

    @Override
    public int totalSteps(JsonObject parameters) {
        return parameters.getInteger("steps");
    }

    @Override
    public Uni<Void> run(TaskProgress progress) {
        return SCRIPTS.get(progress.parameters().getString("script")).apply(progress);
    }
}
