package org.openedx.aggregator.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.awaitility.Awaitility;
import org.openedx.aggregator.dev.EmbeddedServices;
import org.openedx.aggregator.dev.LmsMariaDb;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.debezium.embedded.Connect;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;

/** A Debezium with the settings we ship, which reads the LMS's binary log and sends what it captures to the broker. */
public final class Capture implements AutoCloseable {

    /** A captured record, its key and value as text. */
    public record Captured(String topic, String key, String value) {
    }

    private static final Path CONNECTOR = Path.of("deployment", "debezium", "completion-connector.json");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Captured> sent = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private final Lms broker;
    private final JsonConverter keys;
    private final JsonConverter values;
    private final DebeziumEngine<ChangeEvent<SourceRecord, SourceRecord>> engine;

    /** Starts it with more settings than ours, where the last one ended that kept its offsets in the same file. */
    public Capture(LmsMariaDb database, Lms broker, Path offsets, Map<String, String> more) {
        var settings = new Properties();
        settings.putAll(shipped());
        settings.putAll(Map.of(
                "name", "lms-completion",
                "connector.class", "io.debezium.connector.mariadb.MariaDbConnector",
                "database.hostname", database.host(),
                "database.port", String.valueOf(database.port()),
                "database.user", LmsMariaDb.READER,
                "database.password", LmsMariaDb.PASSWORD,
                "schema.history.internal.kafka.bootstrap.servers", EmbeddedServices.start().bootstrapServers(),
                // Kafka Connect has a topic for these.
                "offset.storage", "org.apache.kafka.connect.storage.FileOffsetBackingStore",
                "offset.storage.file.filename", offsets.toString()));
        settings.putAll(more);
        this.broker = broker;
        keys = converter(settings, "key");
        values = converter(settings, "value");
        engine = DebeziumEngine.create(Connect.class).using(settings).using(this::onEnd).notifying(this::onChange).build();
        new Thread(engine, "debezium").start();
    }

    private static Map<String, String> shipped() {
        try {
            var json = new ObjectMapper();
            return json.convertValue(json.readTree(CONNECTOR.toFile()).get("config"), new TypeReference<>() {
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What Kafka Connect does behind Debezium, and before the broker. */
    private static JsonConverter converter(Properties settings, String side) {
        if (!settings.getProperty(side + ".converter").equals(JsonConverter.class.getName())) {
            throw new AssertionError("Another converter is shipped than is tested");
        }
        var prefix = side + ".converter.";
        var own = new HashMap<String, String>();
        settings.stringPropertyNames().stream().filter(name -> name.startsWith(prefix))
                .forEach(name -> own.put(name.substring(prefix.length()), settings.getProperty(name)));
        var converter = new JsonConverter();
        converter.configure(own, side.equals("key"));
        return converter;
    }

    private void onChange(ChangeEvent<SourceRecord, SourceRecord> change) {
        var row = change.value();
        var key = keys.fromConnectData(row.topic(), row.keySchema(), row.key());
        var value = values.fromConnectData(row.topic(), row.valueSchema(), row.value());
        broker.send(new ProducerRecord<>(row.topic(), key, value));
        sent.add(new Captured(row.topic(), text(key), text(value)));
    }

    private static String text(byte[] utf8) {
        return utf8 == null ? "" : new String(utf8, StandardCharsets.UTF_8);
    }

    private void onEnd(boolean success, String message, Throwable failure) {
        end.complete(message + (failure == null ? "" : ": " + failure));
    }

    /** Everything captured until now. */
    public List<Captured> sent() {
        return List.copyOf(sent);
    }

    /** Waits until the service has taken in at least so many records. */
    public void await(int records) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> has(records));
        broker.awaitIngested();
    }

    private boolean has(int records) {
        if (end.isDone()) {
            throw new AssertionError("Debezium ended: " + end.join());
        }
        return sent.stream().filter(record -> record.topic().startsWith(Lms.CAPTURED)).count() >= records;
    }

    /** Ends it in good order: its offsets are kept. */
    @Override
    public void close() {
        try {
            engine.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
