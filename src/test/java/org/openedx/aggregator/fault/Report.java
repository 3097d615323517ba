package org.openedx.aggregator.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one drill found, as a table at the end of the report. */
final class Report {

    static final Path DIRECTORY = Path.of("target", "faults");

    private static boolean begun;

    private final String title;
    private final Map<String, String> lines = new LinkedHashMap<>();
    private final long began = System.nanoTime();

    Report(String title, Seed seed) {
        this.title = title;
        line("seed", seed.value());
        line("began", Instant.now());
        line("load average", "%.1f".formatted(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    }

    void line(String name, Object value) {
        lines.put(name, String.valueOf(value));
        System.out.println("[faults] " + title + ": " + name + " " + value);
    }

    /** Also of a drill that failed half-way. */
    void write() {
        line("duration, s", (System.nanoTime() - began) / 1_000_000_000);
        var text = new StringBuilder("## ").append(title).append("\n\n| what | value |\n|---|---|\n");
        lines.forEach((name, value) -> text.append("| ").append(name).append(" | ").append(value).append(" |\n"));
        append(text.append('\n').toString());
    }

    private static synchronized void append(String text) {
        try {
            Files.createDirectories(DIRECTORY);
            var file = DIRECTORY.resolve("report.md");
            if (!begun) {
                Files.writeString(file, "# Several replicas under fault\n\n");
                begun = true;
            }
            Files.writeString(file, text, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
