package org.openedx.aggregator.course;

import static org.openedx.aggregator.course.InvalidStructureException.quote;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import org.openedx.aggregator.key.UsageKey;

/** The fields of one block of the Course Blocks API; one instance reads one block. A field that is null is absent. */
final class BlockFields {
    private final BlocksApiReader document;
    private final TypedJson json;
    private final UsageKey key;
    private Optional<String> type = Optional.empty();
    private Optional<String> displayName = Optional.empty();
    private List<UsageKey> children = List.of();
    private Optional<CompletionMode> completionMode = Optional.empty();
    private Optional<Instant> start = Optional.empty();
    private boolean visibleToStaffOnly;
    private boolean optionalCompletion;
    private Map<Integer, List<Integer>> groupAccess = Map.of();
    private OptionalInt maxCount = OptionalInt.empty();
    private OptionalDouble daysEarlyForBeta = OptionalDouble.empty();

    BlockFields(BlocksApiReader document, TypedJson json, UsageKey key) {
        this.document = document;
        this.json = json;
        this.key = key;
    }

    Block read() throws IOException {
        for (var field = json.nextField(); field != null; field = json.nextField()) {
            read(field);
        }
        return new Block(key, type.orElseGet(key::blockType), displayName.orElse(""), children, completionMode, start,
                visibleToStaffOnly, optionalCompletion, groupAccess, maxCount, daysEarlyForBeta);
    }

    private void read(String field) throws IOException {
        switch (field) {
            case "id" -> json.textOrNull(field).ifPresent(this::requireOwnId);
            case "type" -> type = json.textOrNull(field);
            case "display_name" -> displayName = json.textOrNull(field);
            case "children" -> children = children();
            case "completion_mode" -> completionMode = json.textOrNull(field).map(this::completionMode);
            case "start" -> start = json.textOrNull(field).map(text -> ReleaseDate.parse(text, "Block " + key.value()));
            case "visible_to_staff_only" -> visibleToStaffOnly = json.flagOrNull(field);
            case "optional_completion" -> optionalCompletion = json.flagOrNull(field);
            case "group_access" -> groupAccess = GroupAccess.read(json);
            case "max_count" -> maxCount = json.integerOrNull(field);
            case "days_early_for_beta" -> daysEarlyForBeta = json.numberOrNull(field);
            default -> json.skip();
        }
    }

    private void requireOwnId(String id) {
        if (!document.key("id", id).equals(key)) {
            throw json.invalid("id", "is another one: " + quote(id) + ".");
        }
    }

    private List<UsageKey> children() throws IOException {
        if (json.isNull()) {
            return List.of();
        }
        json.requireList("children");
        var keys = new ArrayList<UsageKey>();
        while (json.nextElement()) {
            keys.add(document.key("children", json.text("children")));
        }
        return keys;
    }

    private CompletionMode completionMode(String text) {
        return CompletionMode.parse(text).orElseThrow(() -> json.invalid("completion_mode",
                "must be completable, aggregator or excluded, not " + quote(text) + "."));
    }
}
