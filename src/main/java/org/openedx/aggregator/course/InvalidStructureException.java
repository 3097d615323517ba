package org.openedx.aggregator.course;

/** The given course is not one tree of its own blocks; the message tells a person which block or field is wrong. */
public class InvalidStructureException extends RuntimeException {
    public InvalidStructureException(String message) {
        super(message);
    }
}
