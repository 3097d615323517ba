/**
 * Long work that a person starts, watches, cancels and collects (OEP-3), as rows that any replica claims, with the names
 * and states of django-user-tasks. It knows nothing of what the work is: a feature's {@link
 * org.openedx.aggregator.task.UserTask} does it and tells of it through its {@link
 * org.openedx.aggregator.task.TaskProgress}. Its rows may come by the thousand in a second, so they are written by plain
 * SQL. Workers elsewhere tell of tasks of theirs through {@link org.openedx.aggregator.task.ExternalTasks}, and such tasks
 * are shown like any other and run by nobody here. What leaves it is {@link org.openedx.aggregator.task.UserTasks}, and
 * {@link org.openedx.aggregator.task.TaskWatch} for who watches.
 */
package org.openedx.aggregator.task;
