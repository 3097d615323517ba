package org.openedx.aggregator.lms;

/** This installation fetches nothing from an LMS. */
public class NoLmsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoLmsException() {
        super("No LMS is configured to fetch course structures from.");
    }
}
