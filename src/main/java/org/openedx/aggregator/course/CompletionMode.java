package org.openedx.aggregator.course;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a block takes part in completion, in the words of {@code xblock.completable.XBlockCompletionMode}. */
public enum CompletionMode {
    /** Counts as one, whatever lies beneath it. */
    COMPLETABLE,
    /** Counts as the sum of its children. */
    AGGREGATOR,
    /** Counts nothing, and nothing beneath it counts. */
    EXCLUDED;

    /** The Open edX name, such as {@code completable}. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of that Open edX name; empty if there is none. Upper and lower case differ. */
    public static Optional<CompletionMode> parse(String text) {
        return Arrays.stream(values()).filter(mode -> mode.text().equals(text)).findFirst();
    }
}
