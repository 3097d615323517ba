package org.openedx.aggregator.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.openedx.aggregator.progress.Aggregate;

/** Takes a row, cell by cell. */
interface Cells {

    void text(String text);

    void number(long number);

    void number(double number);

    /** A cell without a value. */
    void nothing();

    /** A moment in microseconds since 1970-01-01T00:00:00Z, as text that sorts like the time. */
    default void time(long micros) {
        if (micros == Aggregate.NEVER) {
            nothing();
        } else {
            text(Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString());
        }
    }
}
