package org.openedx.aggregator.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import org.openedx.aggregator.dev.Loopback;

import com.fasterxml.jackson.databind.ObjectMapper;

/** An Apicurio Registry in a process of its own, by the protocol of Confluent, behind a gate. */
public final class Registry implements AutoCloseable {

    private static final Path HOME = Path.of("target", "registry");
    private static final String API = "/apis/ccompat/v7";
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = Loopback.freePort();
    private final Process process;
    private final Gate gate;

    /** Starts it; answers when it takes requests. */
    public Registry() {
        process = start(port);
        gate = new Gate(port);
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).until(this::isReady);
    }

    /** Where the service finds it, as long as the gate is open. */
    public String url() {
        return "http://127.0.0.1:" + gate.port() + API;
    }

    /** Makes it unreachable or reachable for the service; {@link #register} reaches it always. */
    public Gate gate() {
        return gate;
    }

    /** Registers a schema as the LMS's producer does and answers with its id. */
    public int register(String subject, String schema) {
        try {
            var body = JSON.writeValueAsString(Map.of("schema", schema));
            var path = "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + "/versions";
            var answer = send(HttpRequest.newBuilder(own(path))
                    .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build());
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body()).get("id").asInt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new AssertionError("The registry ended, see " + HOME.resolve("registry.log"));
        }
        try {
            return send(HttpRequest.newBuilder(own("/subjects")).build()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private URI own(String path) {
        return URI.create("http://127.0.0.1:" + port + API + path);
    }

    private static Process start(int port) {
        var jar = HOME.toFile().listFiles((directory, name) -> name.endsWith("-runner.jar"));
        if (jar == null || jar.length != 1) {
            throw new AssertionError("No registry in " + HOME.toAbsolutePath() + ": run Maven's process-test-resources");
        }
        try {
            var process = new ProcessBuilder(java(), "-Xmx384m", "-XX:TieredStopAtLevel=1",
                    "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port, "-Dquarkus.log.level=WARN",
                    "-jar", jar[0].getAbsolutePath())
                    .redirectErrorStream(true)
                    .redirectOutput(HOME.resolve("registry.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end-registry"));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String java() {
        return System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    }

    @Override
    public void close() {
        gate.close();
        LocalProcess.end(process);
    }
}
