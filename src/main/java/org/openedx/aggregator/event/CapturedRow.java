package org.openedx.aggregator.event;

import java.util.Map;

/**
 * A captured row by the names of its columns, whichever format it came in: before a deletion, after any other change.
 *
 * @param columns text, numbers and booleans; null where the database has it
 * @param deleted whether the row is gone
 * @param committedAt the latest time at which it may have been changed, in microseconds since 1970-01-01T00:00:00Z
 */
record CapturedRow(Map<String, Object> columns, boolean deleted, long committedAt) {

    // Debezium writes datetime(6) as microseconds or, in "connect" precision, as milliseconds. Microseconds have passed
    // this number since 1973, milliseconds will in the year 5138.
    private static final long SMALLEST_MICROS = 100_000_000_000_000L;

    String text(String column) {
        if (value(column) instanceof CharSequence text) {
            return text.toString();
        }
        throw wrong(column, "a string");
    }

    /** The text of a column that may be null; empty then. */
    String textOrEmpty(String column) {
        return value(column) == null ? "" : text(column);
    }

    long integer(String column) {
        if (value(column) instanceof Long number) {
            return number;
        }
        throw wrong(column, "an integer");
    }

    double number(String column) {
        if (value(column) instanceof Number number) {
            return number.doubleValue();
        }
        throw wrong(column, "a number");
    }

    /** A {@code tinyint(1)}, which comes as a number or, with a converter, as a boolean. */
    boolean bool(String column) {
        var value = value(column);
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof Long number && (number == 0 || number == 1)) {
            return number == 1;
        }
        throw wrong(column, "true or false");
    }

    /** Microseconds since 1970-01-01T00:00:00Z. */
    long time(String column) {
        var value = value(column);
        if (value instanceof CharSequence text) {
            return Times.micros(text.toString());
        }
        long number = integer(column);
        return number >= SMALLEST_MICROS ? Times.ofMicros(number) : Times.ofMillis(number);
    }

    private Object value(String column) {
        if (!columns.containsKey(column)) {
            throw new UnreadableEventException(column + " is missing");
        }
        return columns.get(column);
    }

    private static UnreadableEventException wrong(String column, String wanted) {
        return new UnreadableEventException(column + " is not " + wanted);
    }
}
