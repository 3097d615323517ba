package org.openedx.aggregator.notification.webhook;

/** A receiver did not take what was sent; the message is for who subscribed, and says nothing of our own network. */
class WebhookRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WebhookRefusedException(String message) {
        super(message);
    }
}
