package org.openedx.aggregator.task;

import java.util.List;
import java.util.Optional;

/**
 * What the state of its parts makes of a container: it starts with the first of them, fails with any of them and succeeds
 * with the last, as django-user-tasks has it. A task that has parts beside its own steps starts by itself.
 *
 * @param completedSteps of the parts alone, as the total
 * @param ready the tasks whose time has come
 * @param canceled the tasks whose time will not come
 * @param failed the task that the container failed with
 */
record ContainerState(String state, long completedSteps, long totalSteps, List<Child> ready, List<String> canceled,
        Optional<String> failed) {

    static ContainerState of(Parent parent, List<Child> children) {
        var failed = children.stream().filter(child -> child.is(TaskState.FAILED)).map(Child::uuid).findFirst();
        var state = state(parent, children);
        return new ContainerState(state, sum(children, false), sum(children, true),
                TaskState.isFinished(state) ? List.of() : ready(parent.order(), children), canceled(state, children), failed);
    }

    private static String state(Parent parent, List<Child> children) {
        if (children.stream().anyMatch(child -> child.is(TaskState.FAILED))) {
            return TaskState.FAILED;
        }
        if (children.stream().anyMatch(child -> child.is(TaskState.CANCELED))) {
            return TaskState.CANCELED;
        }
        if (parent.over() && children.size() >= parent.expectedParts()
                && children.stream().allMatch(child -> child.is(TaskState.SUCCEEDED))) {
            return TaskState.SUCCEEDED;
        }
        if (parent.kind().isEmpty()) {
            return parent.state();
        }
        if (children.stream().noneMatch(Child::started)) {
            return TaskState.PENDING;
        }
        return inProgress(parent.order(), children);
    }

    // A task's own words are the container's where no other task runs beside it.
    private static String inProgress(Container kind, List<Child> children) {
        var last = children.get(children.size() - 1);
        var alone = switch (kind) {
            case GROUP -> List.<Child> of();
            case CHAIN -> children;
            case CHORD -> List.of(last);
        };
        return alone.stream()
                .filter(Child::runs)
                .map(Child::state)
                .findFirst()
                .orElse(TaskState.IN_PROGRESS);
    }

    static List<Child> ready(Container kind, List<Child> children) {
        int succeeded = (int) children.stream().filter(child -> child.is(TaskState.SUCCEEDED)).count();
        int last = children.size() - 1;
        int until = switch (kind) {
            case GROUP -> children.size();
            case CHAIN -> succeeded + 1;
            case CHORD -> succeeded == last ? children.size() : last;
        };
        return children.subList(0, Math.min(until, children.size()))
                .stream()
                .filter(child -> child.phase() == Phase.WAITING)
                .toList();
    }

    // What runs beside a failed task may go on; what was to follow it never starts.
    private static List<String> canceled(String state, List<Child> children) {
        int below = switch (state) {
            case TaskState.FAILED -> Phase.READY;
            case TaskState.CANCELED -> Phase.FINISHED;
            default -> Phase.WAITING;
        };
        return children.stream()
                .filter(child -> child.phase() < below)
                .map(Child::uuid)
                .toList();
    }

    private static long sum(List<Child> children, boolean total) {
        return children.stream().mapToLong(child -> total ? child.totalSteps() : child.completedSteps()).sum();
    }
}
