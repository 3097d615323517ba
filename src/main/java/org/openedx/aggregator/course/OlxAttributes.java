package org.openedx.aggregator.course;

import static org.openedx.aggregator.course.InvalidStructureException.quote;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import org.openedx.aggregator.key.UsageKey;

import com.fasterxml.jackson.core.JsonFactory;

/** The fields of a block that an export keeps as XML attributes. */
final class OlxAttributes {
    private static final JsonFactory JSON = new JsonFactory();

    private final UsageKey key;
    private final String owner;
    private final OlxElement definition;

    OlxAttributes(UsageKey key, OlxElement definition) {
        this.key = key;
        this.owner = "Block " + key.value();
        this.definition = definition;
    }

    Block block(List<UsageKey> children) {
        var start = value("start").map(text -> ReleaseDate.parse(text, owner));
        return new Block(key, key.blockType(), value("display_name").orElse(""), children, Optional.empty(), start,
                flag("visible_to_staff_only"), flag("optional_completion"), groupAccess(), maxCount(), daysEarlyForBeta());
    }

    private boolean flag(String name) {
        return value(name).filter("true"::equalsIgnoreCase).isPresent();
    }

    private Map<Integer, List<Integer>> groupAccess() {
        return value("group_access").map(text -> GroupAccess.parse(text, owner)).orElse(Map.of());
    }

    private OptionalInt maxCount() {
        try {
            return value("max_count").map(text -> OptionalInt.of(Integer.parseInt(text))).orElse(OptionalInt.empty());
        } catch (NumberFormatException e) {
            throw new InvalidStructureException(
                    owner + ": max_count is not a number: " + quote(value("max_count").orElse("")) + ".");
        }
    }

    private OptionalDouble daysEarlyForBeta() {
        try {
            return value("days_early_for_beta").map(text -> OptionalDouble.of(Double.parseDouble(text)))
                    .orElse(OptionalDouble.empty());
        } catch (NumberFormatException e) {
            throw new InvalidStructureException(owner + ": days_early_for_beta is not a number: "
                    + quote(value("days_early_for_beta").orElse("")) + ".");
        }
    }

    // As the platform reads them: an attribute may be JSON, and then null is absent and a string stands between quotes.
    private Optional<String> value(String name) {
        return definition.attribute(name).filter(text -> !text.equals("null")).map(OlxAttributes::unquoted);
    }

    private static String unquoted(String text) {
        if (!text.startsWith("\"")) {
            return text;
        }
        try (var json = JSON.createParser(text)) {
            json.nextToken();
            var string = json.getText();
            return json.nextToken() == null ? string : text;
        } catch (IOException e) {
            return text;
        }
    }
}
