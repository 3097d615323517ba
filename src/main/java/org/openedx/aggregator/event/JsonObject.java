package org.openedx.aggregator.event;

import java.io.IOException;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;

/** Walks the members of JSON objects without building a tree: most of an event is of no interest. */
final class JsonObject {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build();

    private JsonObject() {
    }

    /** Is given each member of an object, the parser standing on its value; leaves it there or at the value's end. */
    interface Member {
        void on(String name, JsonParser value) throws IOException;
    }

    static void read(byte[] document, Member member) {
        readClosing(() -> JSON.createParser(document), member);
    }

    static void read(String document, Member member) {
        readClosing(() -> JSON.createParser(document), member);
    }

    private interface Source {
        JsonParser open() throws IOException;
    }

    private static void readClosing(Source source, Member member) {
        try (var parser = source.open()) {
            readDocument(parser, member);
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new UnreadableEventException("Not JSON in UTF-8");
        }
    }

    static String text(String name, JsonParser parser) throws IOException {
        require(name, parser, "a string", Set.of(JsonToken.VALUE_STRING));
        return parser.getText();
    }

    static long integer(String name, JsonParser parser) throws IOException {
        require(name, parser, "an integer", Set.of(JsonToken.VALUE_NUMBER_INT));
        return parser.getLongValue();
    }

    static double number(String name, JsonParser parser) throws IOException {
        require(name, parser, "a number", Set.of(JsonToken.VALUE_NUMBER_INT, JsonToken.VALUE_NUMBER_FLOAT));
        return parser.getDoubleValue();
    }

    static boolean bool(String name, JsonParser parser) throws IOException {
        require(name, parser, "true or false", Set.of(JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE));
        return parser.getBooleanValue();
    }

    private static void readDocument(JsonParser parser, Member member) throws IOException {
        parser.nextToken();
        readMembers(parser, member);
        if (parser.nextToken() != null) {
            throw new UnreadableEventException("There is more after the JSON document");
        }
    }

    /** Reads the object the parser stands on. */
    static void readMembers(JsonParser parser, Member member) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new UnreadableEventException("Not a JSON object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            member.on(name, parser);
            // A member that was not read is skipped whole.
            if (parser.currentToken() == token) {
                parser.skipChildren();
            }
        }
    }

    private static void require(String name, JsonParser parser, String wanted, Set<JsonToken> allowed) {
        if (!allowed.contains(parser.currentToken())) {
            throw new UnreadableEventException(name + " is not " + wanted);
        }
    }

    private static UnreadableEventException malformed(JsonProcessingException failure) {
        var text = failure.getOriginalMessage();
        return new UnreadableEventException("Malformed JSON: " + text.substring(0, Math.min(200, text.length())));
    }
}
