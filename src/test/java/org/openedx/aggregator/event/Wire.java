package org.openedx.aggregator.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Assumptions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Writes records as the event bus of Open edX does, and knows samples of what it wrote. */
final class Wire {

    static final String TRACKING = "org.openedx.analytics.tracking.event.emitted.v1";
    static final String ENROLLMENT = "org.openedx.learning.course.enrollment.changed.v1";
    static final String REGISTRATION = "org.openedx.learning.student.registration.completed.v1";

    static final String TRACKING_SCHEMA = cloudEvent(TRACKING, """
            {"name": "tracking_log", "type": {"type": "record", "name": "TrackingLogData", "fields": [
             {"name": "name", "type": "string"}, {"name": "timestamp", "type": "string"},
             {"name": "data", "type": "string"}, {"name": "context", "type": "string"}]}}""");
    static final String ENROLLMENT_SCHEMA = enrollmentSchema("");
    static final String REGISTRATION_SCHEMA = cloudEvent(REGISTRATION, user());

    private static final Path SHARED = Path.of("..", "shared");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Wire() {
    }

    /** A record of the samples that were made from the published schemas. */
    record Vector(JsonNode json) {

        String type() {
            return json.get("event_type").asText();
        }

        byte[] key() {
            return HexFormat.of().parseHex(json.get("key_hex").asText());
        }

        byte[] value() {
            return HexFormat.of().parseHex(json.get("value_hex").asText());
        }

        int schemaId() {
            return json.get("value_schema_id").asInt();
        }

        String schema() {
            return publishedSchema(type());
        }

        @Override
        public String toString() {
            return type();
        }
    }

    static List<Vector> vectors() {
        var file = SHARED.resolve("facts/event-bus-wire-vectors.json");
        Assumptions.assumeTrue(Files.exists(file), "The wire samples are not here: " + file);
        try {
            return StreamSupport.stream(JSON.readTree(file.toFile()).spliterator(), false).map(Vector::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String publishedSchema(String type) {
        return read(SHARED.resolve("data/avro/" + type.replace('.', '+') + "_schema.avsc"));
    }

    /** The types whose schemas are at hand. */
    static List<String> publishedTypes() {
        var directory = SHARED.resolve("data/avro");
        Assumptions.assumeTrue(Files.exists(directory), "The published schemas are not here: " + directory);
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .map(name -> name.replace("_schema.avsc", "").replace('+', '.'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The schema of an enrolment's event; {@code more} are further fields, each with a comma before it. */
    static String enrollmentSchema(String more) {
        return cloudEvent(ENROLLMENT, """
                {"name": "enrollment", "type": {"type": "record", "name": "CourseEnrollmentData", "fields": [
                 %s, {"name": "course", "type": {"type": "record", "name": "CourseData", "fields": [
                  {"name": "course_key", "type": "string"}, {"name": "display_name", "type": "string"},
                  {"name": "start", "type": ["null", "string"], "default": null}]}},
                 {"name": "mode", "type": "string"}, {"name": "is_active", "type": "boolean"},
                 {"name": "created_by", "type": ["null", "UserData"], "default": null}%s]}}""".formatted(user(), more));
    }

    static String user() {
        return """
                {"name": "user", "type": {"type": "record", "name": "UserData", "fields": [
                 {"name": "id", "type": "long"}, {"name": "is_active", "type": "boolean"},
                 {"name": "pii", "type": {"type": "record", "name": "UserPersonalData", "fields": [
                  {"name": "username", "type": "string"}, {"name": "email", "type": "string"},
                  {"name": "name", "type": "string"}]}}]}}""";
    }

    static String cloudEvent(String type, String field) {
        return "{\"type\": \"record\", \"name\": \"CloudEvent\", \"namespace\": \"%s\", \"fields\": [%s]}"
                .formatted(type, field);
    }

    static Map<String, Object> completion(long userId, String course, String block, double completion, String modified) {
        return tracking("edx.completion.block_completion.changed", """
                {"user_id": %d, "course_id": "%s", "block_id": "%s", "block_type": "html", "completion": %s,
                 "modified": "%s"}""".formatted(userId, course, block, completion, modified));
    }

    static Map<String, Object> tracking(String name, String data) {
        return Map.of("tracking_log",
                Map.of("name", name, "timestamp", "2026-05-04T12:00:00+00:00", "data", data, "context", "{}"));
    }

    static Map<String, Object> enrollment(long userId, String username, String course, boolean active) {
        return Map.of("enrollment", Map.of("user", person(userId, username),
                "course", Map.of("course_key", course, "display_name", "Any"), "mode", "audit", "is_active", active));
    }

    static Map<String, Object> registration(long userId, String username) {
        return Map.of("user", person(userId, username));
    }

    static Map<String, Object> person(long userId, String username) {
        return Map.of("id", userId, "is_active", true,
                "pii", Map.of("username", username, "email", "any@example.com", "name", "Any Name"));
    }

    /** A key, whose schema is plain string. */
    static byte[] key(int schemaId, String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        var datum = new ByteArrayOutputStream();
        for (int rest = utf8.length * 2; rest >= 0x80 || rest > 0; rest >>>= 7) {
            datum.write(rest >= 0x80 ? rest & 0x7f | 0x80 : rest);
        }
        datum.writeBytes(utf8);
        return frame(schemaId, datum.toByteArray());
    }

    static byte[] value(int schemaId, String schema, Map<String, Object> fields) {
        var parsed = new Schema.Parser().parse(schema);
        return frame(schemaId, datum(parsed, record(parsed, fields)));
    }

    static byte[] datum(Schema schema, GenericRecord record) {
        try {
            var bytes = new ByteArrayOutputStream();
            var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] frame(int schemaId, byte... datum) {
        return ByteBuffer.allocate(5 + datum.length).put((byte) 0).putInt(schemaId).put(datum).array();
    }

    /** A record with the headers of the bus, to be sent. */
    static ProducerRecord<byte[], byte[]> message(String topic, String type, byte[] key, byte[] value) {
        var message = new ProducerRecord<>(topic, key, value);
        headers(type).forEach(message.headers()::add);
        return message;
    }

    /** The same as it would come from Kafka. */
    static RawEvent event(String type, byte[] key, byte[] value) {
        return new RawEvent(new ConsumerRecord<>("analytics", 3, 17, 1_777_896_000_000L, TimestampType.CREATE_TIME, 0, 0,
                key, value, headers(type), Optional.empty()));
    }

    private static RecordHeaders headers(String type) {
        var headers = new RecordHeaders();
        Map.of("ce_type", type, "ce_id", "2f6a1c52-47b1-11f1-9d3e-0242ac120005", "ce_source", "openedx/lms/web",
                "ce_specversion", "1.0", "ce_time", "2026-05-04T12:00:00.200417+00:00", "ce_minorversion", "0",
                "ce_datacontenttype", "application/avro", "content-type", "application/avro", "sourcehost", "lms-1",
                "sourcelib", "11.2.0")
                .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    @SuppressWarnings("unchecked")
    private static GenericRecord record(Schema schema, Map<String, Object> fields) {
        var record = new GenericData.Record(schema);
        for (var field : schema.getFields()) {
            var value = fields.get(field.name());
            record.put(field.pos(), value instanceof Map<?, ?> map && field.schema().getType() == Schema.Type.RECORD
                    ? record(field.schema(), (Map<String, Object>) map)
                    : value);
        }
        return record;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
