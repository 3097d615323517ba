package org.openedx.aggregator.api.security;

/** What a 401 asks for, in the words of the LMS. */
public final class Challenge {

    /** The value of the header {@code WWW-Authenticate}. */
    public static final String VALUE = "JWT realm=\"api\"";

    private Challenge() {
    }
}
