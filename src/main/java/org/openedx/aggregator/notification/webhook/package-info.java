/**
 * Requests to other systems that have subscribed to the ends of tasks, signed as Standard Webhooks has it: subscriptions,
 * their secrets, and which addresses may be called. It hears of tasks as a listener and sends as a channel. What leaves it
 * is {@link org.openedx.aggregator.notification.webhook.Webhooks}.
 */
package org.openedx.aggregator.notification.webhook;
