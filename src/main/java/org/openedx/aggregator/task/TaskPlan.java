package org.openedx.aggregator.task;

/** What is asked for: one piece of work, or several that are shown as one. */
public sealed interface TaskPlan permits TaskRequest, TaskContainer {
}
