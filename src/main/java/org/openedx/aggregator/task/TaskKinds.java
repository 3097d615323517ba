package org.openedx.aggregator.task;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.All;

/** What this replica can do. */
@ApplicationScoped
class TaskKinds {

    private final Map<String, UserTask> byAction;

    TaskKinds(@All List<UserTask> tasks) {
        byAction = tasks.stream().collect(Collectors.toUnmodifiableMap(UserTask::action, Function.identity()));
    }

    UserTask of(String action) {
        var task = byAction.get(action);
        if (task == null) {
            throw new IllegalArgumentException("There is no such kind of task: " + action);
        }
        return task;
    }

    /** Whether who asks for what is being done already gets what is running. */
    boolean joinRunning(TaskPlan plan) {
        return plan instanceof TaskContainer container
                ? container.parts().stream().allMatch(this::joinRunning)
                : of(((TaskRequest) plan).action()).joinsRunning();
    }

    Set<String> actions() {
        return byAction.keySet();
    }
}
