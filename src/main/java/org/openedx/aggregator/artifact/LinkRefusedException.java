package org.openedx.aggregator.artifact;

/** A link that was not made here, was changed, or has expired; the message says which, for a person. */
public class LinkRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private LinkRefusedException(String message) {
        super(message);
    }

    static LinkRefusedException forged() {
        return new LinkRefusedException("This link is not valid.");
    }

    static LinkRefusedException expired() {
        return new LinkRefusedException("This link has expired. Ask for a new one.");
    }
}
