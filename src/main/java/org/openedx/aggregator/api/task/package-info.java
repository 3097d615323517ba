/**
 * User tasks over HTTP, in the words of django-user-tasks, for who started them and for superusers. It knows tasks by what
 * {@link org.openedx.aggregator.task.UserTasks} tells and nothing of how they are run. Nothing leaves it but JSON.
 */
package org.openedx.aggregator.api.task;
