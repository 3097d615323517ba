package org.openedx.aggregator.api.task;

import java.util.Arrays;
import java.util.List;

/** What the fields of a form mean that asks for a task. */
public final class FormFields {

    private static final List<String> YES = List.of("true", "on", "1");

    private FormFields() {
    }

    /** A list, as repeated fields or, within one, separated by commas or lines; empty without a field. */
    public static List<String> list(List<String> fields) {
        return fields == null
                ? List.of()
                : fields.stream()
                        .flatMap(field -> Arrays.stream(field.split("[,\\r\\n]")))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .toList();
    }

    /** Whether a box is ticked; without a field it is not. */
    public static boolean yes(String field) {
        return field != null && YES.contains(field);
    }
}
