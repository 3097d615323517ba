package org.openedx.aggregator.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a report can say of a learner in a course and, in a group of columns for each block, of the learner in a block. */
public enum Column {

    COURSE_KEY,
    USERNAME,
    USER_ID,
    EARNED,
    POSSIBLE,
    PERCENT,
    OPTIONAL_EARNED,
    OPTIONAL_POSSIBLE,
    OPTIONAL_PERCENT,
    LAST_COMPLETED,
    BLOCK_EARNED,
    BLOCK_POSSIBLE,
    BLOCK_PERCENT;

    private static final String OF_BLOCK = "block_";

    /** The column of a name, which is that of the constant in small letters. */
    public static Optional<Column> named(String name) {
        return Arrays.stream(values()).filter(column -> column.text().equals(name)).findFirst();
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it says something of a block. */
    public boolean isOfBlock() {
        return text().startsWith(OF_BLOCK);
    }

    /** Its name among those of one block. */
    String textInBlock() {
        return text().substring(OF_BLOCK.length());
    }
}
