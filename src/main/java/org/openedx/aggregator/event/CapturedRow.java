package org.openedx.aggregator.event;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import org.openedx.aggregator.key.CourseKey;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** The columns of a captured row. */
final class CapturedRow {

    // Debezium writes datetime(6) as microseconds or, in "connect" precision, as milliseconds. Microseconds have passed
    // this number since 1973, milliseconds will in the year 5138.
    private static final long SMALLEST_MICROS = 100_000_000_000_000L;

    private OptionalLong learnerId = OptionalLong.empty();
    private Optional<String> course = Optional.empty();
    private Optional<String> block = Optional.empty();
    private OptionalDouble completion = OptionalDouble.empty();
    private OptionalLong modified = OptionalLong.empty();
    private boolean deleted;

    void read(JsonParser value) throws IOException {
        if (value.currentToken() == JsonToken.START_OBJECT) {
            JsonObject.readMembers(value, this::onMember);
        }
    }

    void onMember(String member, JsonParser value) throws IOException {
        switch (member) {
            case "user_id" -> learnerId = OptionalLong.of(JsonObject.integer(member, value));
            case "course_key" -> course = Optional.of(JsonObject.text(member, value));
            case "block_key" -> block = Optional.of(JsonObject.text(member, value));
            case "completion" -> completion = OptionalDouble.of(JsonObject.number(member, value));
            case "modified" -> modified = OptionalLong.of(time(member, value));
            case "__deleted" -> deleted = isTrue(value);
            default -> {
                // Of the other columns and the schema nothing is needed.
            }
        }
    }

    boolean isPresent() {
        return learnerId.isPresent();
    }

    boolean isDeleted() {
        return deleted;
    }

    Optional<Change> completed() {
        if (isOfLibrary()) {
            return Optional.empty();
        }
        return Optional.of(Facts.completed(learner(), course(), block(),
                completion.orElseThrow(() -> missing("completion")),
                modified.orElseThrow(() -> missing("modified"))));
    }

    Optional<Change> deleted(long committedAt, RawEvent event) {
        if (isOfLibrary()) {
            return Optional.empty();
        }
        long at = committedAt == Long.MIN_VALUE ? event.timestamp() + 999 : committedAt;
        return Optional.of(Facts.deleted(learner(), course(), block(), Math.max(at, modified.orElse(at))));
    }

    private boolean isOfLibrary() {
        return CourseKey.isLibrary(course());
    }

    private long learner() {
        return learnerId.orElseThrow(() -> missing("user_id"));
    }

    private String course() {
        return course.orElseThrow(() -> missing("course_key"));
    }

    private String block() {
        return block.orElseThrow(() -> missing("block_key"));
    }

    private static long time(String member, JsonParser value) throws IOException {
        if (value.currentToken() == JsonToken.VALUE_STRING) {
            return Times.micros(value.getText());
        }
        long number = JsonObject.integer(member, value);
        return number >= SMALLEST_MICROS ? Times.ofMicros(number) : Times.ofMillis(number);
    }

    private static boolean isTrue(JsonParser value) throws IOException {
        return value.currentToken() == JsonToken.VALUE_TRUE || "true".equals(value.getText());
    }

    private static UnreadableEventException missing(String column) {
        return new UnreadableEventException(column + " is missing");
    }
}
