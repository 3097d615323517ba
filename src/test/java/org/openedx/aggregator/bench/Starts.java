package org.openedx.aggregator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.openedx.aggregator.support.PackagedService;

/**
 * How soon the service is ready on a migrated schema, and what it occupies when it then has nothing to do: as it is, and
 * with an AOT cache (JEP 514) where the JVM can make one, which wants {@code -Dquarkus.package.jar.type=aot-jar}.
 */
final class Starts {

    private static final int FIRST_WITH_CACHES = 25;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Path CACHE = Path.of("target", "bench", "app.aot").toAbsolutePath();

    private final Map<String, String> settings;
    private final Path log;
    private final int runs;

    Starts(Map<String, String> settings, Path log, int runs) {
        this.settings = settings;
        this.log = log;
        this.runs = runs;
    }

    /** One start. */
    private record Start(double seconds, double cpuSeconds, double resident) {
    }

    List<Figure> measure() {
        // Migrates, and warms the disk's cache.
        start(List.of());
        var figures = new ArrayList<>(figures("start", "", List.of()));
        if (!PackagedService.isNative() && Runtime.version().feature() >= FIRST_WITH_CACHES) {
            makeCache();
            figures.addAll(figures("start_aot", " with an AOT cache", List.of("-XX:AOTCache=" + CACHE)));
        }
        return figures;
    }

    // As it learns from one start, which writes the cache when it ends.
    private void makeCache() {
        try {
            Files.deleteIfExists(CACHE);
            ServiceProcess.start(settings, List.of("-XX:AOTCacheOutput=" + CACHE), log).close();
            if (!Files.exists(CACHE)) {
                throw new IllegalStateException("No AOT cache was made; see the log of the service");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Figure> figures(String key, String how, List<String> arguments) {
        var starts = IntStream.range(0, runs).mapToObj(run -> start(arguments)).toList();
        starts.forEach(start -> Bench.say("%s: ready after %.2f s, %.2f s of CPU; %.0f MiB resident".formatted(key,
                start.seconds(), start.cpuSeconds(), start.resident())));
        return List.of(
                Figure.of(key + ".s", "from the start of the process until it is ready, in s" + how, natively(0.15),
                        starts.stream().map(Start::seconds).toList()),
                Figure.of(key + ".cpu_s", "CPU time until then, in s" + how, Optional.empty(),
                        starts.stream().map(Start::cpuSeconds).toList()),
                Figure.of(key + ".resident_mib", "resident after ten idle seconds, in MiB" + how, natively(120),
                        starts.stream().map(Start::resident).toList()));
    }

    /** What is demanded of the native image alone. */
    static Optional<Bar> natively(double most) {
        return PackagedService.isNative() ? Optional.of(Bar.atMost(most)) : Optional.empty();
    }

    private Start start(List<String> arguments) {
        long begin = System.nanoTime();
        try (var service = ServiceProcess.start(settings, arguments, log)) {
            double seconds = (System.nanoTime() - begin) / 1e9;
            double cpu = ProcessHandle.of(service.pid()).flatMap(process -> process.info().totalCpuDuration())
                    .map(time -> time.toNanos() / 1e9).orElseThrow();
            Patience.pause(IDLE);
            return new Start(seconds, cpu, service.resident());
        }
    }
}
