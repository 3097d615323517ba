package org.openedx.aggregator.progress;

/** How much of a result is read. */
public enum Detail {
    /** The totals of the course alone. */
    COURSE("NULL"),
    /** The registered blocks too. */
    BLOCKS("blocks");

    private final String column;

    Detail(String column) {
        this.column = column;
    }

    String column() {
        return column;
    }
}
