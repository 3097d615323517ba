package org.openedx.aggregator.event;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;

/** One captured change of a row of {@code completion_blockcompletion}. */
final class CapturedCompletion {

    private final CapturedRow before = new CapturedRow();
    private final CapturedRow after = new CapturedRow();
    private final CapturedRow flat = new CapturedRow();
    private String operation = "";
    private long committedAt = Long.MIN_VALUE;

    private CapturedCompletion() {
    }

    static Optional<Change> read(RawEvent event) {
        var read = new CapturedCompletion();
        JsonObject.read(event.value(), read::onMember);
        return read.change(event);
    }

    private Optional<Change> change(RawEvent event) {
        return switch (operation) {
            case "c", "u", "r" -> (after.isPresent() ? after : flat).completed();
            case "d" -> (before.isPresent() ? before : flat).deleted(committedAt, event);
            case "" -> flat.isDeleted() ? flat.deleted(committedAt, event) : flat.completed();
            // Truncations and messages carry no row.
            default -> Optional.empty();
        };
    }

    private void onMember(String member, JsonParser value) throws IOException {
        switch (member) {
            case "payload" -> JsonObject.readMembers(value, this::onMember);
            case "before" -> before.read(value);
            case "after" -> after.read(value);
            case "op", "__op" -> operation = JsonObject.text(member, value);
            case "source" -> JsonObject.readMembers(value, this::onSource);
            case "__source_ts_ms" -> committedAt = Times.ofMillis(JsonObject.integer(member, value)) + 999;
            default -> flat.onMember(member, value);
        }
    }

    // Milliseconds are cut off, so the deletion came at the latest at their end.
    private void onSource(String member, JsonParser value) throws IOException {
        if (member.equals("ts_ms")) {
            committedAt = Times.ofMillis(JsonObject.integer(member, value)) + 999;
        }
    }
}
