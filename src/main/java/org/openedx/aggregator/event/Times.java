package org.openedx.aggregator.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** Instants as events write them: ISO 8601 with an offset, fractions of a second optional. */
final class Times {

    private Times() {
    }

    /** Microseconds since 1970-01-01T00:00:00Z; finer fractions are cut off. */
    static long micros(String text) {
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new UnreadableEventException("Not a time with offset: '" + shortened(text) + "'");
        } catch (ArithmeticException e) {
            throw new UnreadableEventException("Time out of range: '" + shortened(text) + "'");
        }
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(40, text.length()));
    }
}
