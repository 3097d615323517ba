package org.openedx.aggregator.task;

import java.util.Optional;

/** What is to be written of a running task: steps since the last time, and its name and state if they changed. */
record Step(int done, int added, Optional<String> name, Optional<String> state, Optional<String> checkpoint) {

    static final Step NONE = new Step(0, 0, Optional.empty(), Optional.empty(), Optional.empty());

    static Step of(int done, int added) {
        return new Step(done, added, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Step name(String name) {
        return new Step(0, 0, Optional.of(name), Optional.empty(), Optional.empty());
    }

    static Step state(String state) {
        return new Step(0, 0, Optional.empty(), Optional.of(state), Optional.empty());
    }

    static Step checkpoint(String checkpoint) {
        return new Step(0, 0, Optional.empty(), Optional.empty(), Optional.of(checkpoint));
    }

    boolean isNone() {
        return equals(NONE);
    }

    Step plus(Step later) {
        return new Step(done + later.done, added + later.added, later.name.or(() -> name), later.state.or(() -> state),
                later.checkpoint.or(() -> checkpoint));
    }
}
