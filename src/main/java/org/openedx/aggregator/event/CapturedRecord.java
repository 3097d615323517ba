package org.openedx.aggregator.event;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a record of Debezium holds: the full envelope or, after {@code ExtractNewRecordState}, the flat row; filled by the
 * format it is written in.
 */
final class CapturedRecord {

    // A snapshot shows the tables as they were when it began, but dates each row later, when its table was come to. What
    // was changed in between is streamed afterwards with the time of the change, and must not seem older.
    private static final long LONGEST_SNAPSHOT = Duration.ofHours(6).toNanos() / 1000;

    private final Map<String, Object> flat = new HashMap<>();
    private Optional<Map<String, Object>> before = Optional.empty();
    private Optional<Map<String, Object>> after = Optional.empty();
    private String operation = "";
    private boolean deleted;
    private long committedAt = Long.MIN_VALUE;

    /** A row of the full envelope. */
    void row(String member, Map<String, Object> columns) {
        if (member.equals("before")) {
            before = Optional.of(columns);
        } else {
            after = Optional.of(columns);
        }
    }

    void column(String name, Object value) {
        flat.put(name, value);
    }

    void operation(String text) {
        operation = text;
    }

    void deleted(Object value) {
        deleted = "true".equals(String.valueOf(value));
    }

    void committedAt(long millis) {
        committedAt = Times.endOf(millis);
    }

    boolean isSnapshot() {
        return operation.equals("r");
    }

    /** What an update replaced, as if it had been deleted a moment before; empty where the record does not say. */
    Optional<CapturedRow> replaced() {
        return operation.equals("u") && committedAt != Long.MIN_VALUE
                ? before.map(columns -> new CapturedRow(columns, true, committedAt - 1))
                : Optional.empty();
    }

    /** The row; empty if the record is about none, such as a truncation. */
    Optional<CapturedRow> row(RawEvent event) {
        long at = committedAt == Long.MIN_VALUE ? event.timestamp() + 999 : committedAt;
        return switch (operation) {
            case "c", "u" -> Optional.of(new CapturedRow(after.orElse(flat), false, at));
            case "r" -> Optional.of(new CapturedRow(after.orElse(flat), false, at - LONGEST_SNAPSHOT));
            case "d" -> Optional.of(new CapturedRow(before.orElse(flat), true, at));
            case "" -> Optional.of(new CapturedRow(flat, deleted, at));
            default -> Optional.empty();
        };
    }
}
