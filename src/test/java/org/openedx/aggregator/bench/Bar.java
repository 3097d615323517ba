package org.openedx.aggregator.bench;

/** What a figure should reach. */
record Bar(Direction direction, double value) {

    enum Direction {
        AT_LEAST,
        AT_MOST
    }

    static Bar atLeast(double value) {
        return new Bar(Direction.AT_LEAST, value);
    }

    static Bar atMost(double value) {
        return new Bar(Direction.AT_MOST, value);
    }

    boolean isMetBy(double measured) {
        return switch (direction) {
            case AT_LEAST -> measured >= value;
            case AT_MOST -> measured <= value;
        };
    }

    String symbol() {
        return switch (direction) {
            case AT_LEAST -> "≥";
            case AT_MOST -> "≤";
        };
    }
}
