package org.openedx.aggregator.notification.mail;

/** A link to opt out that was not made here. */
public class OptOutRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OptOutRefusedException() {
        super("This link is not valid.");
    }
}
