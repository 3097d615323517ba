package org.openedx.aggregator.tracking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.openedx.aggregator.registry.SchemaRegistry;

import io.smallrye.mutiny.Uni;

/**
 * The record that the LMS's event bus would make of the tracking event: key and value framed Avro, the rest in headers.
 * The schemas are the LMS's own, under the names its producer gives them, and registered with the first event.
 */
final class EventBusForm implements RecordForm {

    private static final String TYPE = "org.openedx.analytics.tracking.event.emitted.v1";
    private static final String VALUE_SCHEMA = resource("/avro/tracking-emitted.avsc");
    // So the LMS's producer words it; it means a plain string.
    private static final String KEY_SCHEMA = "{\"name\": \"name\", \"type\": \"string\"}";
    // The release of openedx-events whose schema this is; the LMS's consumer wants numbers here.
    private static final String LIBRARY = "11.2.0";
    private static final String AVRO = "application/avro";

    private final TrackingConfig config;
    private final SchemaRegistry registry;
    private final String host;
    private volatile int keySchema;
    private volatile int valueSchema;

    /** {@code host} is told to consumers. */
    EventBusForm(TrackingConfig config, SchemaRegistry registry, String host) {
        this.config = config;
        this.registry = registry;
        this.host = host;
    }

    @Override
    public Uni<Void> prepare() {
        return registry.register(config.topic() + "-string", KEY_SCHEMA)
                .invoke(id -> keySchema = id)
                .chain(() -> registry.register(config.topic() + "-" + TYPE + ".CloudEvent", VALUE_SCHEMA))
                .invoke(id -> valueSchema = id)
                .replaceWithVoid();
    }

    @Override
    public ProducerRecord<byte[], byte[]> record(ProgressEvent event) {
        var headers = Headers.of(event, TYPE, AVRO);
        Headers.add(headers, "ce_minorversion", "0");
        Headers.add(headers, "sourcehost", host);
        Headers.add(headers, "sourcelib", LIBRARY);
        return new ProducerRecord<>(config.topic(), null, FramedStrings.of(keySchema, RecordKey.of(config.key(), event)),
                FramedStrings.of(valueSchema, event.name(), event.timestamp(), EventJson.data(event), EventJson.context(event)),
                headers);
    }

    private static String resource(String name) {
        try (var file = Objects.requireNonNull(EventBusForm.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
