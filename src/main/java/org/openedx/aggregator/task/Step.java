package org.openedx.aggregator.task;

import java.util.Optional;

/** What is to be written of a running task: steps since the last time, and its state if it changed. */
record Step(int done, int added, Optional<String> state, Optional<String> checkpoint) {

    static final Step NONE = new Step(0, 0, Optional.empty(), Optional.empty());

    boolean isNone() {
        return equals(NONE);
    }

    Step plus(Step later) {
        return new Step(done + later.done, added + later.added, later.state.or(() -> state),
                later.checkpoint.or(() -> checkpoint));
    }
}
