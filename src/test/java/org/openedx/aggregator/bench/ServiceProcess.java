package org.openedx.aggregator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.openedx.aggregator.dev.Loopback;
import org.openedx.aggregator.support.PackagedService;
import org.openedx.aggregator.support.ResidentMemory;

/** The packaged service in a JVM of its own, production profile. */
final class ServiceProcess implements AutoCloseable {

    /** More arguments for its JVM, separated by blanks, such as {@code -XX:StartFlightRecording=filename=x.jfr}. */
    private static final String ARGUMENTS = "bench.service.arguments";
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final int END_SECONDS = 30;

    private final Process process;
    private final URI address;

    private ServiceProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
        // If this JVM is stopped half-way, the service must not stay behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Returns when the service says that it is ready. */
    static ServiceProcess start(Map<String, String> settings, Path log) {
        return start(settings, List.of(), log);
    }

    /** The same, with these arguments for its JVM. */
    static ServiceProcess start(Map<String, String> settings, List<String> arguments, Path log) {
        int port = Loopback.freePort();
        var command = new ArrayList<>(PackagedService.start("256m"));
        command.addAll(List.of("-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(arguments);
        command.addAll(List.of(System.getProperty(ARGUMENTS, "").split(" ")));
        command.removeIf(String::isBlank);
        command.addAll(PackagedService.end());
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            var service = new ServiceProcess(process, URI.create("http://127.0.0.1:" + port));
            Patience.until("the service is ready", START, LOOK_EVERY, service::isReady);
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("The service ended with " + process.exitValue() + "; see its log");
        }
        return new Calls(address).succeeds("/q/health/ready");
    }

    URI address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    /** Its memory in MiB: heap, code, stacks, buffers. */
    double resident() {
        return new ResidentMemory(pid()).now().orElseThrow();
    }

    /** Stops its clock, so that work can be laid out for it without it taking part. */
    void hold() {
        signal("-STOP");
    }

    void letGo() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", name, String.valueOf(pid())).inheritIO().start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill " + name + " answered " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("The service did not end within " + END_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
