package org.openedx.aggregator.api.task;

import java.util.Locale;
import java.util.UUID;

import org.openedx.aggregator.task.ExternalEvent;
import org.openedx.aggregator.task.ExternalResult;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What became of an event of a worker elsewhere.
 *
 * @param outcome applied, repeated, finished, unknown, refused, forbidden (the task is another worker's) or invalid
 * @param task the uuid of the task here
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExternalView(String outcome, String detail, @JsonProperty("task_id") String taskId, Long sequence, UUID task,
        String url) {

    static ExternalView of(ExternalEvent event, ExternalResult result, Links links) {
        return new ExternalView(result.outcome().name().toLowerCase(Locale.ROOT), result.detail(), event.taskId(),
                event.sequence(), result.task(), links.task(result.task()));
    }

    static ExternalView refused(String outcome, String detail) {
        return new ExternalView(outcome, detail, null, null, null, null);
    }
}
