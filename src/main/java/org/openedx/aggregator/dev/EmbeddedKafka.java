package org.openedx.aggregator.dev;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

/**
 * The one broker of this JVM. It belongs to a thread that serves until it is interrupted: a thread can be found by its
 * name from every class loader, an object cannot.
 */
final class EmbeddedKafka {

    private static final String DIRECTORY = "aggregator.embedded.kafka.directory";
    private static final String PORT = "aggregator.embedded.kafka.port";
    private static final String CONTROLLER_PORT = "aggregator.embedded.kafka.controller-port";

    private static final String THREAD = "embedded-kafka";

    private final Path directory;
    private final int port;
    private final int controllerPort;

    private EmbeddedKafka(Path directory, int port, int controllerPort) {
        this.directory = directory;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    /** The broker of this JVM, with a formatted log directory if it had none. */
    static EmbeddedKafka ofThisJvm() {
        return find().orElseGet(EmbeddedKafka::install);
    }

    /** The broker of this JVM, which must have been installed. */
    static EmbeddedKafka started() {
        return find().orElseThrow(() -> new IllegalStateException("No embedded Kafka in this JVM"));
    }

    private static Optional<EmbeddedKafka> find() {
        return Optional.ofNullable(System.getProperty(DIRECTORY))
                .map(directory -> new EmbeddedKafka(Path.of(directory), Integer.getInteger(PORT),
                        Integer.getInteger(CONTROLLER_PORT)));
    }

    private static EmbeddedKafka install() {
        var directory = WorkDirectory.create("kafka", EmbeddedKafka::end);
        var broker = new EmbeddedKafka(directory, Loopback.freePort(), Loopback.freePort());
        broker.format();
        System.setProperty(PORT, String.valueOf(broker.port));
        System.setProperty(CONTROLLER_PORT, String.valueOf(broker.controllerPort));
        System.setProperty(DIRECTORY, directory.toString());
        return broker;
    }

    private void format() {
        try {
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(KafkaSettings.NODE)
                    .setDirectories(List.of(directory.toString()))
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("Could not format " + directory, e);
        }
    }

    String bootstrapServers() {
        return Loopback.HOST + ":" + port;
    }

    /** Completes when the broker takes connections, at once if it already does. */
    CompletableFuture<Void> start() {
        var started = new CompletableFuture<Void>();
        if (thread().isPresent()) {
            started.complete(null);
            return started;
        }
        var thread = new Thread(() -> serve(started), THREAD);
        thread.setDaemon(true);
        // Live reload closes our own class loader; the one of the Kafka jars stays.
        thread.setContextClassLoader(KafkaRaftServer.class.getClassLoader());
        thread.start();
        return started;
    }

    private void serve(CompletableFuture<Void> started) {
        try {
            var server = new KafkaRaftServer(KafkaConfig.fromProps(KafkaSettings.of(directory, port, controllerPort)),
                    Time.SYSTEM);
            server.startup();
            started.complete(null);
            awaitInterrupt();
            server.shutdown();
        } catch (RuntimeException e) {
            started.completeExceptionally(e);
        }
    }

    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException wanted) {
            // The signal to shut down; the flag must stay clear, for shutting down waits for other threads.
        }
    }

    private static Optional<Thread> thread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(THREAD))
                .findAny();
    }

    /** Returns when the broker has ended. */
    void stop() {
        end();
    }

    private static void end() {
        thread().ifPresent(EmbeddedKafka::interrupt);
    }

    private static void interrupt(Thread thread) {
        try {
            thread.interrupt();
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
