package org.openedx.aggregator.api.course;

/** Neither courses nor "all", or both. */
public class InvalidReaggregationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidReaggregationException() {
        super("Give either \"course_keys\" or \"all\": true.");
    }
}
