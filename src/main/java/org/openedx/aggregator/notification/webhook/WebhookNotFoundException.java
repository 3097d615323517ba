package org.openedx.aggregator.notification.webhook;

/** There is no such subscription, or it is not the caller's. */
public class WebhookNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WebhookNotFoundException() {
        super("Not found.");
    }
}
