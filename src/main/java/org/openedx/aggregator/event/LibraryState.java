package org.openedx.aggregator.event;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.openedx.aggregator.key.UsageKey;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** A learner's state of a library block: {@code {"selected": [["problem", "<block id>"], …]}}. */
final class LibraryState {

    /** The block types that pick some of their children. */
    static final Set<String> TYPES = Set.of("library_content", "itembank");

    private final UsageKey library;
    private final List<UsageKey> selected = new ArrayList<>();

    private LibraryState(UsageKey library) {
        this.library = library;
    }

    /** What was picked; nothing as long as the state does not say. */
    static List<UsageKey> selected(String state, UsageKey library) {
        var read = new LibraryState(library);
        // Keys of the old form say no type of their own; there are no item banks in such courses.
        if (!state.isBlank() && library.value().contains("+type@")) {
            JsonObject.read(state, read::onMember);
        }
        return read.selected;
    }

    private void onMember(String member, JsonParser value) throws IOException {
        if (member.equals("selected") && value.currentToken() == JsonToken.START_ARRAY) {
            while (value.nextToken() != JsonToken.END_ARRAY) {
                onPair(value);
            }
        }
    }

    // The children of a library block are in the same course, under keys like its own.
    private void onPair(JsonParser value) throws IOException {
        var key = library.value();
        var type = value.currentToken() == JsonToken.START_ARRAY ? value.nextTextValue() : null;
        var id = type == null ? null : value.nextTextValue();
        if (id == null || value.nextToken() != JsonToken.END_ARRAY) {
            throw new UnreadableEventException("selected is not a list of pairs of type and id");
        }
        selected.add(Facts.usage(key.substring(0, key.indexOf("+type@")) + "+type@" + type + "+block@" + id));
    }
}
