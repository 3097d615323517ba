package org.openedx.aggregator.support;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.openedx.aggregator.dev.Loopback;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

/** A broker that nobody reaches without TLS: over one port with a password, over another with a certificate of one's own. */
public final class SecureKafka implements AutoCloseable {

    public static final String USER = "completion";
    public static final String PASSWORD = "s3cret";

    private static final String HOST = "127.0.0.1";
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    private final KafkaRaftServer server;
    private final Certificate broker;
    private final Certificate client;
    private final int passwordPort = Loopback.freePort();
    private final int certificatePort = Loopback.freePort();

    /** Works in an empty directory. */
    public SecureKafka(Path directory) {
        this.broker = Certificate.create(directory.resolve("certificates"), "broker");
        this.client = Certificate.create(directory.resolve("certificates"), "client");
        var log = directory.resolve("log");
        format(log);
        server = new KafkaRaftServer(KafkaConfig.fromProps(settings(log, Loopback.freePort())), Time.SYSTEM);
        server.startup();
    }

    /** Where one comes in with {@link #USER} and {@link #PASSWORD}. */
    public String passwordServers() {
        return HOST + ":" + passwordPort;
    }

    /** Where one comes in with {@link #client()}. */
    public String certificateServers() {
        return HOST + ":" + certificatePort;
    }

    public Certificate broker() {
        return broker;
    }

    public Certificate client() {
        return client;
    }

    /** A login as the setting {@code sasl.jaas.config} wants it. */
    public static String login() {
        return LOGIN + " username=\"" + USER + "\" password=\"" + PASSWORD + "\";";
    }

    /** Returns when the broker has the record. */
    public void send(ProducerRecord<byte[], byte[]> message) {
        Map<String, Object> settings = Map.of("bootstrap.servers", passwordServers(), "security.protocol", "SASL_SSL",
                "sasl.mechanism", "PLAIN", "sasl.jaas.config", login(),
                "ssl.truststore.location", broker.trustStore().toString(), "ssl.truststore.password", Certificate.PASSWORD);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(message).get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static void format(Path log) {
        try {
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(2)
                    .setDirectories(List.of(log.toString()))
                    .setMetadataLogDirectory(log.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Properties settings(Path log, int controllerPort) {
        var settings = new Properties();
        settings.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "2"),
                Map.entry("log.dirs", log.toString()),
                Map.entry("listeners", "PASSWORD://%1$s:%2$d,CERTIFICATE://%1$s:%3$d,CONTROLLER://%1$s:%4$d".formatted(HOST,
                        passwordPort, certificatePort, controllerPort)),
                Map.entry("advertised.listeners",
                        "PASSWORD://%1$s:%2$d,CERTIFICATE://%1$s:%3$d".formatted(HOST, passwordPort, certificatePort)),
                Map.entry("listener.security.protocol.map", "PASSWORD:SASL_SSL,CERTIFICATE:SSL,CONTROLLER:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "PASSWORD"),
                Map.entry("sasl.mechanism.inter.broker.protocol", "PLAIN"),
                Map.entry("sasl.enabled.mechanisms", "PLAIN"),
                Map.entry("listener.name.password.plain.sasl.jaas.config", LOGIN + " username=\"" + USER + "\" password=\""
                        + PASSWORD + "\" user_" + USER + "=\"" + PASSWORD + "\";"),
                Map.entry("listener.name.certificate.ssl.client.auth", "required"),
                Map.entry("ssl.keystore.type", "PKCS12"),
                Map.entry("ssl.keystore.location", broker.store().toString()),
                Map.entry("ssl.keystore.password", Certificate.PASSWORD),
                Map.entry("ssl.key.password", Certificate.PASSWORD),
                Map.entry("ssl.truststore.type", "PKCS12"),
                // The broker checks that it could reach itself.
                Map.entry("ssl.truststore.location", broker.trustStore().toString()),
                Map.entry("listener.name.certificate.ssl.truststore.location", client.trustStore().toString()),
                Map.entry("ssl.truststore.password", Certificate.PASSWORD),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("controller.quorum.voters", "2@" + HOST + ":" + controllerPort),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("log.cleaner.dedupe.buffer.size", "2097152")));
        return settings;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
