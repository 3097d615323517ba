/**
 * User tasks over HTTP, in the words of django-user-tasks, for who started them, whom they share them with and superusers,
 * and the files they left behind, for who has a link. It knows tasks by what {@link org.openedx.aggregator.task.UserTasks}
 * tells and nothing of
 * how they are run. What leaves it is JSON, files, the exceptions that {@code
 * api.error} answers and {@link org.openedx.aggregator.api.task.TaskAnswer}, with which others tell of a task they started.
 */
package org.openedx.aggregator.api.task;
