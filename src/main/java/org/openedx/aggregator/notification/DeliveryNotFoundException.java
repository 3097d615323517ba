package org.openedx.aggregator.notification;

/** There is no such delivery among those that were given up. */
public class DeliveryNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DeliveryNotFoundException() {
        super("Not found.");
    }
}
