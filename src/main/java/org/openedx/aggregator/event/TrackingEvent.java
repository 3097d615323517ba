package org.openedx.aggregator.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

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
    private boolean recognized;
    private Optional<String> timestamp = Optional.empty();

    private TrackingEvent() {
    }

    /**
     * Whether the record's key already says that this is another event; the value need not be looked at then. Only the
     * event bus puts names into keys, and it always says the type: a log shipper may use any key, such as john.doe.
     */
    static boolean isForeign(RawEvent event) {
        var key = event.message().key();
        return key != null && event.header("ce_type").isPresent() && isEventName(key) && !Arrays.equals(key, COMPLETION_KEY);
    }

    static Optional<Change> read(RawEvent event) {
        var read = new TrackingEvent();
        JsonObject.read(event.value(), read::onMember);
        if (!read.recognized) {
            throw new UnreadableEventException("No name of a tracking event; any other event needs a ce_type header");
        }
        return read.name.equals(COMPLETION) ? read.data.change(read.timestamp, event) : Optional.empty();
    }

    // The event bus can be told to use the time, the data or the context as key; they start with a digit or a brace.
    private static boolean isEventName(byte[] key) {
        if (key.length == 0 || !Character.isLetter(key[0])) {
            return false;
        }
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
            case "name" -> onName(value);
            // The oldest kind of line in a tracking log has no other name.
            case "event_type" -> recognized = true;
            case "timestamp", "time" -> timestamp = text(value);
            case "data", "event" -> onData(value);
            default -> {
                // context and whatever else a shipper adds
            }
        }
    }

    private void onName(JsonParser value) throws IOException {
        name = text(value).orElse("");
        recognized |= !name.isEmpty();
    }

    // Of an event that does not concern us, nothing can be wrong.
    private static Optional<String> text(JsonParser value) throws IOException {
        return value.currentToken() == JsonToken.VALUE_STRING ? Optional.of(value.getText()) : Optional.empty();
    }

    // The name may come after the data, so data that is not about a completion must not be an error here.
    private void onData(JsonParser value) throws IOException {
        if (name.isEmpty() || name.equals(COMPLETION)) {
            data.read(value);
        }
    }
}
