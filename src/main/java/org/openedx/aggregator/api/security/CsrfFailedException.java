package org.openedx.aggregator.api.security;

import io.quarkus.security.ForbiddenException;

/** A browser asks for a change, and nothing shows that the page behind it is one of ours. */
public class CsrfFailedException extends ForbiddenException {

    /** @param reason in the words of Django, for the caller */
    CsrfFailedException(String reason) {
        super("CSRF Failed: " + reason);
    }
}
