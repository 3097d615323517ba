package org.openedx.aggregator.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The resident memory of a process, second by second. */
final class Memory {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Path status;
    private final List<Long> mebibytes = Collections.synchronizedList(new ArrayList<>());
    private final Background watch;

    Memory(long pid) {
        status = Path.of("/proc", String.valueOf(pid), "status");
        watch = Background.start("memory", this::look);
    }

    private void look(BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            mebibytes.add(resident());
            Patience.pause(LOOK_EVERY);
        }
    }

    private long resident() {
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }

    /** In MiB. */
    List<Long> end() {
        watch.end(Duration.ofSeconds(5));
        return List.copyOf(mebibytes);
    }
}
