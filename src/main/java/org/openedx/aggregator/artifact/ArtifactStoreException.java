package org.openedx.aggregator.artifact;

/** The store could not do what it was asked for; the message says which store and why, for an operator. */
public class ArtifactStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ArtifactStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
