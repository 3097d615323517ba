package org.openedx.aggregator.notification.webhook;

/**
 * A new subscription.
 *
 * @param secret told this once
 */
public record CreatedWebhook(Webhook webhook, String secret) {
}
