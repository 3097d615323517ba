package org.openedx.aggregator.course;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;

/** Reads {@code group_access}, an object of lists of group ids by user partition id, such as {@code {"50": [1, 2]}}. */
final class GroupAccess {
    private static final String FIELD = "group_access";
    private static final JsonFactory JSON = new JsonFactory();

    private GroupAccess() {
    }

    static Map<Integer, List<Integer>> parse(String text, String owner) {
        try (var parser = JSON.createParser(text)) {
            parser.nextToken();
            return read(new TypedJson(parser, owner));
        } catch (IOException e) {
            throw new InvalidStructureException(
                    owner + ": " + FIELD + " is not JSON: " + InvalidStructureException.quote(text) + ".");
        }
    }

    static Map<Integer, List<Integer>> read(TypedJson json) throws IOException {
        if (json.isNull()) {
            return Map.of();
        }
        json.requireObject(FIELD);
        var access = new HashMap<Integer, List<Integer>>();
        for (var partition = json.nextField(); partition != null; partition = json.nextField()) {
            // The platform writes null where a restriction was taken back.
            if (!json.isNull()) {
                access.put(partitionId(partition, json), groups(json));
            }
        }
        return access;
    }

    private static int partitionId(String partition, TypedJson json) {
        try {
            return Integer.parseInt(partition);
        } catch (NumberFormatException e) {
            throw json.invalid(FIELD,
                    "has a partition that is not a number: " + InvalidStructureException.quote(partition) + ".");
        }
    }

    private static List<Integer> groups(TypedJson json) throws IOException {
        json.requireList(FIELD);
        var groups = new ArrayList<Integer>();
        while (json.nextElement()) {
            groups.add(json.integer(FIELD));
        }
        return groups;
    }
}
