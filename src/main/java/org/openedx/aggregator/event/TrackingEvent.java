package org.openedx.aggregator.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;

/**
 * A tracking event, of which only {@code edx.completion.block_completion.changed} concerns us. Comes as the event bus
 * record {@code {"tracking_log": {name, timestamp, data, context}}} with {@code data} as an object or as JSON inside a
 * string, or bare, as in the tracking log, where {@code data} is called {@code event} and {@code timestamp}
 * {@code time}.
 */
final class TrackingEvent {

    static final String COMPLETION = "edx.completion.block_completion.changed";

    private static final byte[] COMPLETION_KEY = COMPLETION.getBytes(StandardCharsets.UTF_8);

    private final CompletionData data = new CompletionData();
    private String name = "";
    private Optional<String> timestamp = Optional.empty();

    private TrackingEvent() {
    }

    /** Whether the record's key already says that this is another event; the value need not be looked at then. */
    static boolean isForeign(RawEvent event) {
        var key = event.message().key();
        return key != null && key.length > 0 && !Arrays.equals(key, COMPLETION_KEY) && isEventName(key);
    }

    static Optional<Change> read(RawEvent event) {
        var read = new TrackingEvent();
        JsonObject.read(event.value(), read::onMember);
        return read.name.equals(COMPLETION) ? read.data.change(read.timestamp, event) : Optional.empty();
    }

    // A log shipper may use any key, a learner's id for example; event names have dots.
    private static boolean isEventName(byte[] key) {
        for (byte character : key) {
            if (character == '.') {
                return true;
            }
        }
        return false;
    }

    private void onMember(String member, JsonParser value) throws IOException {
        switch (member) {
            case "tracking_log" -> JsonObject.readMembers(value, this::onMember);
            case "name" -> name = JsonObject.text(member, value);
            case "timestamp", "time" -> timestamp = Optional.of(JsonObject.text(member, value));
            case "data", "event" -> onData(value);
            default -> {
                // context and whatever else a shipper adds
            }
        }
    }

    // The name may come after the data, so data that is not about a completion must not be an error here.
    private void onData(JsonParser value) throws IOException {
        if (name.isEmpty() || name.equals(COMPLETION)) {
            data.read(value);
        }
    }
}
