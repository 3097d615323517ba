package org.openedx.aggregator.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Instants as events write them, as microseconds since 1970-01-01T00:00:00Z. Only those that a DATETIME column can hold are
 * taken, or the learner's results could not be stored.
 */
final class Times {

    private static final long EARLIEST = micros(Instant.parse("1000-01-01T00:00:00Z"));
    private static final long LATEST = micros(Instant.parse("9999-12-31T23:59:59.999999Z"));

    private Times() {
    }

    /** From ISO 8601 with an offset, fractions of a second optional; what is finer than a microsecond is cut off. */
    static long micros(String text) {
        try {
            return ofMicros(micros(OffsetDateTime.parse(text).toInstant()));
        } catch (DateTimeException e) {
            throw new UnreadableEventException("Not a time with offset: '" + shortened(text) + "'");
        } catch (ArithmeticException e) {
            throw outOfRange(text);
        }
    }

    static long ofMillis(long millis) {
        if (millis < EARLIEST / 1000 || millis > LATEST / 1000) {
            throw outOfRange(millis);
        }
        return millis * 1000;
    }

    /**
     * The last microsecond of what is given in milliseconds; of its whole second, if it is one, because a binary log may know
     * no more. What was captured then is not older than an event that told of it.
     */
    static long endOf(long millis) {
        return ofMillis(millis) + (millis % 1000 == 0 ? 999_999 : 999);
    }

    static long ofMicros(long micros) {
        if (micros < EARLIEST || micros > LATEST) {
            throw outOfRange(micros);
        }
        return micros;
    }

    // ChronoUnit counts by way of nanoseconds, which a long can hold for 292 years only.
    private static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000), instant.getNano() / 1000);
    }

    private static UnreadableEventException outOfRange(Object time) {
        return new UnreadableEventException("Time out of range: '" + shortened(time.toString()) + "'");
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(40, text.length()));
    }
}
