package org.openedx.aggregator.page;

import java.util.List;
import java.util.Set;

import org.openedx.aggregator.task.TaskArtifact;
import org.openedx.aggregator.task.TaskPermission;
import org.openedx.aggregator.task.TaskStatus;

/**
 * What there is of a task beside itself, and what its reader may do.
 *
 * @param errors why it failed
 * @param artifacts everything else that it left
 * @param readable whether the reader may see what it left
 */
public record ShownResult(ShownTask task, List<ShownArtifact> errors, List<ShownArtifact> artifacts, List<ShownTask> parts,
        boolean readable, boolean cancellable, boolean deletable) {

    static ShownResult of(TaskStatus task, List<TaskArtifact> left, List<TaskStatus> parts, Set<TaskPermission> may,
            Language language) {
        var artifacts = left.stream().map(ShownArtifact::of).toList();
        return new ShownResult(ShownTask.of(task, language), artifacts.stream().filter(ShownArtifact::error).toList(),
                artifacts.stream().filter(artifact -> !artifact.error()).toList(),
                parts.stream().map(part -> ShownTask.of(part, language)).toList(),
                may.contains(TaskPermission.ARTIFACTS), !task.isFinished() && may.contains(TaskPermission.CANCEL),
                may.contains(TaskPermission.DELETE));
    }
}
