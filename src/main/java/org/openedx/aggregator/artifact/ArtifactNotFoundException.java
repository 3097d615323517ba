package org.openedx.aggregator.artifact;

/** The link is good, but its file is not there, or not there any more. */
public class ArtifactNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ArtifactNotFoundException() {
        super("The file does not exist any more.");
    }
}
