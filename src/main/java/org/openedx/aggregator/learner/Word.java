package org.openedx.aggregator.learner;

import java.util.List;

/** What the LMS said about something at some time. */
interface Word {

    /** What it is about: the values of the table's key, in its order. */
    List<Object> key();

    /** What was said, in the order of the table's columns; null stands for nothing. */
    List<Object> values();

    /** Microseconds since 1970-01-01T00:00:00Z. */
    long saidAt();
}
