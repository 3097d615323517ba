package org.openedx.aggregator.event;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import org.openedx.aggregator.key.CourseKey;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * The data of a completion's tracking event. The event's name may come after its data, so what is missing or wrong is
 * only complained about when the data is asked for.
 */
final class CompletionData {

    private Optional<UnreadableEventException> failure = Optional.empty();
    private OptionalLong learnerId = OptionalLong.empty();
    private Optional<String> course = Optional.empty();
    private Optional<String> block = Optional.empty();
    private OptionalDouble completion = OptionalDouble.empty();
    private Optional<String> modified = Optional.empty();

    /** Reads the data as an object or as a document inside a string. */
    void read(JsonParser value) throws IOException {
        if (value.currentToken() == JsonToken.START_OBJECT) {
            JsonObject.readMembers(value, this::onMember);
        } else if (value.currentToken() == JsonToken.VALUE_STRING) {
            readText(value.getText());
        } else {
            failure = Optional.of(new UnreadableEventException("data is not an object"));
        }
    }

    /** The fact; empty if it is about a library, which nobody can complete. */
    Optional<Change> change(Optional<String> timestamp, RawEvent event) {
        if (failure.isPresent()) {
            throw failure.get();
        }
        var courseText = course.orElseThrow(() -> missing("course_id"));
        if (CourseKey.isLibrary(courseText)) {
            return Optional.empty();
        }
        return Optional.of(Facts.completed(
                learnerId.orElseThrow(() -> missing("user_id")),
                courseText,
                block.orElseThrow(() -> missing("block_id")),
                completion.orElseThrow(() -> missing("completion")),
                modified.or(() -> timestamp).map(Times::micros).orElseGet(() -> JsonFormat.time(event))));
    }

    /** Reads the data as a document. */
    void readText(String document) {
        try {
            JsonObject.read(document, this::onMember);
        } catch (UnreadableEventException e) {
            failure = Optional.of(e);
        }
    }

    private void onMember(String member, JsonParser value) throws IOException {
        try {
            take(member, value);
        } catch (UnreadableEventException e) {
            failure = Optional.of(e);
        }
    }

    private void take(String member, JsonParser value) throws IOException {
        switch (member) {
            case "user_id" -> learnerId = OptionalLong.of(JsonObject.integer(member, value));
            case "course_id" -> course = Optional.of(JsonObject.text(member, value));
            case "block_id" -> block = Optional.of(JsonObject.text(member, value));
            case "completion" -> completion = OptionalDouble.of(JsonObject.number(member, value));
            case "modified" -> modified = Optional.of(JsonObject.text(member, value));
            default -> {
                // block_type is in the key, and created is of no use.
            }
        }
    }

    private static UnreadableEventException missing(String member) {
        return new UnreadableEventException(member + " is missing");
    }
}
