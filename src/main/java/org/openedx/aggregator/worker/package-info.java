/**
 * Kafka out to the workers of other systems whose user tasks are shown here: they are told what persons want of them. It
 * knows {@link org.openedx.aggregator.task.TaskCommands} and the topic, and nothing of what the workers do. Nothing leaves
 * it but records.
 */
package org.openedx.aggregator.worker;
