package org.openedx.aggregator.notification.webhook;

/** Nobody has configured what secrets are encrypted with. */
public class NoWebhooksException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoWebhooksException() {
        super("Webhooks are not enabled on this service.");
    }
}
