package org.openedx.aggregator.course;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** Walks through JSON values of known types; what has another type is refused by the name of its owner and field. */
final class TypedJson {
    private final JsonParser parser;
    private String owner;

    TypedJson(JsonParser parser, String owner) {
        this.parser = parser;
        this.owner = owner;
    }

    /** Whose fields are read from now on. */
    void enter(String newOwner) {
        owner = newOwner;
    }

    /** Moves to the value of the next field of the current object; null at its end. */
    String nextField() throws IOException {
        var field = parser.nextFieldName();
        if (field != null) {
            parser.nextToken();
        }
        return field;
    }

    /** Moves to the next value of the current list; false at its end. */
    boolean nextElement() throws IOException {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    void skip() throws IOException {
        parser.skipChildren();
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    void requireObject(String field) {
        require(parser.currentToken() == JsonToken.START_OBJECT, field, "an object");
    }

    void requireList(String field) {
        require(parser.currentToken() == JsonToken.START_ARRAY, field, "a list");
    }

    String text(String field) throws IOException {
        require(parser.currentToken() == JsonToken.VALUE_STRING, field, "a string");
        // Half a surrogate pair, which JSON can escape, could be neither written nor stored: it becomes a question mark.
        return new String(parser.getText().getBytes(UTF_8), UTF_8);
    }

    Optional<String> textOrNull(String field) throws IOException {
        return isNull() ? Optional.empty() : Optional.of(text(field));
    }

    boolean flagOrNull(String field) {
        require(isNull() || parser.currentToken().isBoolean(), field, "true or false");
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    int integer(String field) throws IOException {
        require(parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() == JsonParser.NumberType.INT, field, "an integer of 32 bits");
        return parser.getIntValue();
    }

    OptionalInt integerOrNull(String field) throws IOException {
        return isNull() ? OptionalInt.empty() : OptionalInt.of(integer(field));
    }

    OptionalDouble numberOrNull(String field) throws IOException {
        if (isNull()) {
            return OptionalDouble.empty();
        }
        require(parser.currentToken().isNumeric(), field, "a number");
        return OptionalDouble.of(parser.getDoubleValue());
    }

    InvalidStructureException invalid(String field, String problem) {
        return new InvalidStructureException(owner + ": " + field + " " + problem);
    }

    private void require(boolean met, String field, String type) {
        if (!met) {
            throw invalid(field, "must be " + type + ".");
        }
    }
}
