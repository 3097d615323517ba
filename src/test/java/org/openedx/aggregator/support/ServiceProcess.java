package org.openedx.aggregator.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.openedx.aggregator.dev.DevKeys;
import org.openedx.aggregator.dev.Loopback;

/** The packaged service in a process of its own, which can be ended in every way a process can end. */
public final class ServiceProcess implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;
    private final DiscreetLog log;
    private final Thread endWithThisJvm;

    private ServiceProcess(Process process, int port, DiscreetLog log) {
        this.process = process;
        this.port = port;
        this.log = log;
        this.endWithThisJvm = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(endWithThisJvm);
    }

    /** Starts the service on a free port; its output goes to the given file. */
    public static ServiceProcess start(Map<String, String> settings, Path log) {
        return start(settings, Map.of(), log);
    }

    /** The same, with environment variables as operators give them. */
    public static ServiceProcess start(Map<String, String> settings, Map<String, String> environment, Path log) {
        return start(settings, environment, "512m", log);
    }

    /** The same, with a heap of this size. */
    public static ServiceProcess start(Map<String, String> settings, Map<String, String> environment, String heap, Path log) {
        // Starting fast matters more than running fast when the end is near.
        return start(settings, environment, heap, List.of("-XX:TieredStopAtLevel=1"), log);
    }

    /** The same, with these arguments for the JVM if it runs in one. */
    public static ServiceProcess start(Map<String, String> settings, Map<String, String> environment, String heap,
            List<String> jvm, Path log) {
        try {
            int port = Loopback.freePort();
            Files.createDirectories(log.getParent());
            var builder = new ProcessBuilder(command(settings, heap, jvm, port)).redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            var variables = new HashMap<>(Map.of("AGGREGATOR_AUTH_ISSUERS", DevKeys.ISSUER, "AGGREGATOR_AUTH_JWK_SET",
                    DevKeys.jwkSet(), "AGGREGATOR_ARTIFACT_LINK_SECRETS", DevKeys.linkSecret()));
            variables.putAll(environment);
            builder.environment().putAll(variables);
            return new ServiceProcess(builder.start(), port, DiscreetLog.of(log, settings, variables));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Map<String, String> settings, String heap, List<String> jvm, int port) {
        var command = new ArrayList<String>();
        command.addAll(PackagedService.start(heap));
        if (!PackagedService.isNative()) {
            command.addAll(jvm);
        }
        command.addAll(List.of("-Dquarkus.http.host=" + HOST, "-Dquarkus.http.port=" + port));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(PackagedService.end());
        return command;
    }

    /** Returns when the service answers requests. */
    public ServiceProcess awaitLive() {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(this::isLive);
        return this;
    }

    private boolean isLive() {
        if (!process.isAlive()) {
            throw new AssertionError("The service ended with " + process.exitValue());
        }
        return get("/q/health/live").isPresent();
    }

    /** The body of an answer of 200 to staff; empty if there is none within a few seconds. */
    public Optional<String> get(String path) {
        try {
            var request = request(path).header("Authorization", "JWT " + DevKeys.token(Map.of("administrator", true)));
            var answer = http.send(request.build(), BodyHandlers.ofString());
            return Optional.of(answer.body()).filter(body -> answer.statusCode() == 200);
        } catch (IOException noAnswer) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGSTOP: it does nothing and knows nothing of it. */
    public void freeze() {
        signal("-STOP");
    }

    /** SIGCONT. */
    public void letGo() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", name, String.valueOf(pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends a JSON body as staff and answers the status. */
    public int put(String path, String json) {
        return send("PUT", path, json);
    }

    /** Sends a JSON body as staff and answers the status. */
    public int post(String path, String json) {
        return send("POST", path, json);
    }

    private int send(String method, String path, String json) {
        try {
            var request = request(path)
                    .header("Authorization", "JWT " + DevKeys.token(Map.of("administrator", true)))
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(json))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A path as an address. */
    public URI at(String path) {
        return URI.create("http://" + HOST + ":" + port + path);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(at(path)).timeout(Duration.ofSeconds(10));
    }

    /** SIGKILL: whatever it was doing, it does no more. */
    public void kill() {
        process.destroyForcibly();
        if (awaitEnd(Duration.ofSeconds(10)).isEmpty()) {
            throw new AssertionError("Process " + process.pid() + " survived");
        }
    }

    /** SIGTERM, and does not wait. */
    public void tellToEnd() {
        process.destroy();
    }

    /** SIGTERM; the exit code, or nothing if it did not end in time. */
    public OptionalInt terminate(Duration patience) {
        process.destroy();
        return awaitEnd(patience);
    }

    /** The exit code, or nothing if it did not end by itself in time. */
    public OptionalInt awaitEnd(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
                    ? OptionalInt.of(process.exitValue())
                    : OptionalInt.empty();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends it if it still runs. Whatever it did, its log tells no secret. */
    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
        Runtime.getRuntime().removeShutdownHook(endWithThisJvm);
        log.assertDiscreet();
    }
}
