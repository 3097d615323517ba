package org.openedx.aggregator.course;

/** The given course is larger than this service reads; the message tells a person which {@link Limits limit} it crosses. */
public class StructureTooLargeException extends RuntimeException {
    public StructureTooLargeException(String message) {
        super(message);
    }
}
