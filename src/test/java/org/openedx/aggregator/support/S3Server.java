package org.openedx.aggregator.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.openedx.aggregator.dev.Loopback;

/** S3Proxy in a process of its own: a server of the S3 protocol that checks signatures, with files for objects. */
public final class S3Server implements AutoCloseable {

    public static final String BUCKET = "artifacts";
    public static final String ACCESS_KEY_ID = "tester";
    public static final String SECRET_ACCESS_KEY = "the-secret-of-the-tester";

    private static final Path HOME = Path.of("target", "s3");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path data;
    private final int port = Loopback.freePort();
    private final Process process;
    private final Gate gate;

    /** Starts it with one empty bucket in the directory; answers when it takes requests. */
    public S3Server(Path directory) {
        data = directory;
        process = start();
        gate = new Gate(port);
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(this::isReady);
    }

    /** Where clients find it, as long as the gate is open. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + gate.port());
    }

    public Gate gate() {
        return gate;
    }

    /** All files of the bucket, parts of unfinished uploads included. */
    public List<Path> files() {
        try (var files = Files.walk(data.resolve(BUCKET))) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start() {
        try {
            Files.createDirectories(data.resolve(BUCKET));
            var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m", "-XX:TieredStopAtLevel=1", "-jar", jar().toString(), "--properties", settings().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(HOME.resolve("s3.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end-s3"));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path settings() throws IOException {
        return Files.writeString(data.resolve("s3proxy.conf"), """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(port, ACCESS_KEY_ID, SECRET_ACCESS_KEY, data.toAbsolutePath()));
    }

    private static Path jar() throws IOException {
        try (var files = Files.list(HOME)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("No S3 server: run Maven's process-test-resources"));
        }
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new AssertionError("The S3 server ended, see " + HOME.resolve("s3.log"));
        }
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        gate.close();
        LocalProcess.end(process);
    }
}
