package org.openedx.aggregator.notification.webhook;

/** A subscription that cannot be; the message says why, for a person. */
public class InvalidWebhookException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidWebhookException(String message) {
        super(message);
    }
}
