package org.openedx.aggregator.api.limit;

/** What a request costs, in tokens. */
public enum Expense {

    /** Some hundred rows are read and computed. */
    LIST(1),
    /** A whole course is read, stored or computed. */
    WORK(5);

    private final int tokens;

    Expense(int tokens) {
        this.tokens = tokens;
    }

    int tokens() {
        return tokens;
    }
}
