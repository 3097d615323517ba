package org.openedx.aggregator.task;

import java.util.Locale;

/** How the tasks of a container follow each other. */
public enum Container {

    /** All at once. */
    GROUP,

    /** In order, up to the first that fails. */
    CHAIN,

    /** All but the last at once, then the last. */
    CHORD;

    String action() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Container of(String action) {
        return valueOf(action.toUpperCase(Locale.ROOT));
    }
}
