package org.openedx.aggregator.api.task;

import java.util.List;
import java.util.UUID;

import org.openedx.aggregator.task.TaskStatus;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A task as django-user-tasks shows it, and more. */
@RegisterForReflection
public record TaskView(String name, String state, @JsonProperty("state_text") String stateText,
        @JsonProperty("completed_steps") long completedSteps, @JsonProperty("total_steps") long totalSteps, int attempts,
        String created, String modified, List<String> artifacts, UUID uuid, String url, String action, int percent,
        String started, String finished) {

    static TaskView of(TaskStatus task, String language, Links links) {
        return new TaskView(task.name(), task.state(), StateText.of(task.state(), language), task.completedSteps(),
                task.totalSteps(), task.attempts(), Times.text(task.created()), Times.text(task.modified()),
                task.artifacts().stream().map(links::artifact).toList(), task.uuid(), links.task(task.uuid()),
                task.action(), task.percent(), task.started().map(Times::text).orElse(null),
                task.finished().map(Times::text).orElse(null));
    }
}
