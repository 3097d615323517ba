package org.openedx.aggregator.task;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import io.vertx.core.json.JsonObject;

/**
 * What a worker elsewhere says of one of its tasks.
 *
 * @param worker the service account of the worker, if it is said
 * @param taskId what the worker calls the task
 * @param sequence grows with each event of a task, from 1
 */
public record ExternalEvent(Type type, Optional<String> worker, String taskId, long sequence, ExternalFields fields) {

    static final int MAX_NAME = 150;
    private static final int MAX_TASK_ID = 128;

    /** What has happened. */
    public enum Type {
        CREATED,
        STARTED,
        PROGRESS,
        STATE,
        ARTIFACT,
        SUCCEEDED,
        FAILED,
        RETRYING,
        CANCELED;

        static Type of(String word) {
            return Arrays.stream(values())
                    .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst()
                    .orElseThrow(() -> new InvalidExternalEventException("There is no such type of event."));
        }
    }

    /** Fails with {@link InvalidExternalEventException}. */
    public static ExternalEvent of(JsonObject json) {
        var fields = new ExternalFields(json);
        var sequence = fields.number("sequence").orElseThrow(() -> new InvalidExternalEventException("sequence is missing."));
        if (sequence < 1) {
            throw new InvalidExternalEventException("sequence is not positive.");
        }
        var event = new ExternalEvent(Type.of(fields.required("type", MAX_TASK_ID)), fields.text("worker", MAX_NAME),
                fields.required("task_id", MAX_TASK_ID), sequence, fields);
        fields.check(event.type());
        return event;
    }
}
