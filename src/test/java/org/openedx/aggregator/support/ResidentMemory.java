package org.openedx.aggregator.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** What a process has in memory, heap, code, stacks and buffers, as the kernel counts it: in MiB, and empty if it is gone. */
public record ResidentMemory(long pid) {

    private static final double KIB_PER_MIB = 1024;

    public OptionalDouble now() {
        return read("VmRSS:");
    }

    /** The most there was at any time. */
    public OptionalDouble peak() {
        return read("VmHWM:");
    }

    private OptionalDouble read(String name) {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KIB_PER_MIB)
                    .findFirst();
        } catch (IOException gone) {
            return OptionalDouble.empty();
        }
    }
}
