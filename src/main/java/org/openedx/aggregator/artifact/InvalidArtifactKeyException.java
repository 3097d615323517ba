package org.openedx.aggregator.artifact;

/** A key that no artifact can have. */
public class InvalidArtifactKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidArtifactKeyException() {
        super("Not the key of an artifact.");
    }
}
