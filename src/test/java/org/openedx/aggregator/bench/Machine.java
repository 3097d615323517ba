package org.openedx.aggregator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.kafka.common.utils.AppInfoParser;

/** What the numbers depend on besides the code. */
final class Machine {

    private Machine() {
    }

    /** By name, in the order they are reported. */
    static Map<String, String> describe() {
        var about = new LinkedHashMap<String, String>();
        about.put("when", Instant.now().toString());
        about.put("revision", command("git", "rev-parse", "--short", "HEAD")
                + (command("git", "status", "--porcelain").isEmpty() ? "" : " with changes"));
        about.put("cpu", line(Path.of("/proc/cpuinfo"), "model name"));
        about.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        about.put("memory", line(Path.of("/proc/meminfo"), "MemTotal"));
        about.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        about.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        about.put("quarkus", System.getProperty("bench.quarkus.version", "?"));
        about.put("kafka", AppInfoParser.getVersion());
        about.put("load average at start", load());
        return about;
    }

    static String load() {
        return "%.2f".formatted(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String line(Path file, String name) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("?");
        } catch (IOException e) {
            return "?";
        }
    }

    private static String command(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes()).strip();
            return process.waitFor() == 0 ? output : "?";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
