package org.openedx.aggregator.task;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A task before it is a row.
 *
 * @param told whether nobody is to be told of its end
 */
record NewTask(String uuid, Requester owner, Place place, boolean isContainer, String action,
        String name, int phase, int totalSteps, int priority, String parameters, String fingerprint, boolean told) {

    private static final int MAX_NAME = 255;

    static NewTask of(Requester owner, UserTask task, JsonObject parameters, Place place) {
        return new NewTask(UUID.randomUUID().toString(), owner, place, false, task.action(),
                shortened(task.name(parameters)), phase(place), task.totalSteps(parameters), task.priority(),
                parameters.encode(), fingerprint(owner, task.action(), parameters), task.isQuiet());
    }

    static NewTask container(String uuid, Requester owner, TaskContainer plan, Place place, List<NewTask> children) {
        var parameters = new JsonObject().put("name", plan.name())
                .put("tasks", new JsonArray(children.stream().map(NewTask::fingerprint).toList()));
        var action = plan.kind().action();
        return new NewTask(uuid, owner, place, true, action, shortened(plan.name()), phase(place),
                children.stream().mapToInt(NewTask::totalSteps).sum(), 0, parameters.encode(),
                fingerprint(owner, action, parameters), children.stream().allMatch(NewTask::told));
    }

    // A part starts when its container says so.
    private static int phase(Place place) {
        return place.parent().isEmpty() ? Phase.READY : Phase.WAITING;
    }

    /** The same for the same wish, in whatever order the parameters come. */
    private static String fingerprint(Requester owner, String action, JsonObject parameters) {
        var wish = Json.encode(List.of(owner.username(), action, sorted(parameters.getMap())));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(wish.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static Object sorted(Object value) {
        if (value instanceof JsonObject object) {
            return sorted(object.getMap());
        }
        if (value instanceof JsonArray array) {
            return sorted(array.getList());
        }
        if (value instanceof Map<?, ?> map) {
            var sorted = new TreeMap<String, Object>();
            map.forEach((key, member) -> sorted.put(String.valueOf(key), sorted(member)));
            return sorted;
        }
        return value instanceof List<?> list ? list.stream().map(NewTask::sorted).toList() : String.valueOf(value);
    }

    /** As long as a name may be. */
    static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= MAX_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, MAX_NAME));
    }
}
