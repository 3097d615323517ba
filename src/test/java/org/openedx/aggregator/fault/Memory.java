package org.openedx.aggregator.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.openedx.aggregator.support.ResidentMemory;

/** The resident memory of a process, second by second. */
final class Memory {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final ResidentMemory memory;
    private final List<Long> mebibytes = Collections.synchronizedList(new ArrayList<>());
    private final Background watch;

    Memory(long pid) {
        memory = new ResidentMemory(pid);
        watch = Background.start("memory", this::look);
    }

    private void look(BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            mebibytes.add((long) memory.now().orElse(0));
            Patience.pause(LOOK_EVERY);
        }
    }

    /** In MiB. */
    List<Long> end() {
        watch.end(Duration.ofSeconds(5));
        return List.copyOf(mebibytes);
    }
}
