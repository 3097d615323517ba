package org.openedx.aggregator.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;

import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.event.Change.BlockCompleted;
import org.openedx.aggregator.event.Change.EnrollmentChanged;
import org.openedx.aggregator.event.Change.LearnerNamed;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.UsageKey;
import org.openedx.aggregator.registry.FakeRegistry;

import com.fasterxml.jackson.databind.JsonNode;

class AvroFormatTest {

    private static final String COURSE = "course-v1:DemoX+CS101+2026";
    private static final String BLOCK = "block-v1:DemoX+CS101+2026+type@html+block@intro";
    private static final byte[] COMPLETION_KEY = Wire.key(7, TrackingEvent.COMPLETION);
    private static final long CE_TIME = Times.micros("2026-05-04T12:00:00.200417+00:00");

    private final FakeRegistry registry = new FakeRegistry()
            .with(8, Wire.TRACKING_SCHEMA)
            .with(9, Wire.ENROLLMENT_SCHEMA)
            .with(14, Wire.REGISTRATION_SCHEMA);
    private final AvroFormat format = new AvroFormat(registry);

    static List<Wire.Vector> vectors() {
        return Wire.vectors();
    }

    static List<String> publishedTypes() {
        return Wire.publishedTypes();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void a_sample_from_the_wire_is_read_byte_for_byte(Wire.Vector vector) throws IOException {
        // Given
        var reader = new AvroReader(written -> ours(vector.type()), id -> vector.schema());
        var writer = new Schema.Parser().parse(vector.schema());
        var framed = new FramedDatum(vector.value());

        // When
        var ours = reader.read(framed);
        var whole = new GenericDatumReader<GenericRecord>(writer).read(null,
                DecoderFactory.get().binaryDecoder(framed.bytes(), framed.start(), framed.length(), null));

        // Then
        assertThat(framed.schemaId()).isEqualTo(vector.schemaId());
        assertThat(FramedDatum.text(vector.key())).contains(vector.json().get("key").asText());
        assertAgrees(ours, vector.json().get("value_decoded"));
        assertAgrees(whole, vector.json().get("value_decoded"));
        assertThat(Wire.frame(vector.schemaId(), Wire.datum(writer, whole))).isEqualTo(vector.value());
        assertThat(Wire.key(7, vector.json().get("key").asText())).isEqualTo(vector.key());
    }

    @ParameterizedTest
    @MethodSource("publishedTypes")
    void every_published_schema_has_the_fields_we_need(String type) {
        // Given
        var writer = new Schema.Parser().parse(Wire.publishedSchema(type));

        // When
        var reader = ours(type);

        // Then
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @Test
    void a_completion_says_who_completed_what() {
        // Given
        var value = Wire.value(8, Wire.TRACKING_SCHEMA,
                Wire.completion(42, COURSE, BLOCK, 0.5, "2026-05-04T12:00:00.123456+00:00"));

        // When
        var changes = read(Wire.TRACKING, COMPLETION_KEY, value);

        // Then
        assertThat(changes).containsExactly(new BlockCompleted(42, CourseKey.parse(COURSE), UsageKey.parse(BLOCK),
                OptionalDouble.of(0.5), Times.micros("2026-05-04T12:00:00.123456Z")));
    }

    @Test
    void an_enrolment_names_the_learner_too() {
        // Given
        var value = Wire.value(9, Wire.ENROLLMENT_SCHEMA, Wire.enrollment(42, "alice", COURSE, false));

        // When
        var changes = read(Wire.ENROLLMENT, Wire.key(7, COURSE), value);

        // Then
        assertThat(changes).containsExactly(new LearnerNamed(42, "alice", CE_TIME),
                new EnrollmentChanged(42, CourseKey.parse(COURSE), false, "audit", CE_TIME));
    }

    @ParameterizedTest
    @ValueSource(strings = { Wire.REGISTRATION, "org.openedx.learning.auth.session.login.completed.v1" })
    void a_user_is_named(String type) {
        // Given
        var value = Wire.value(14, Wire.REGISTRATION_SCHEMA, Wire.registration(42, "alice"));

        // When
        var changes = read(type, Wire.key(7, "alice"), value);

        // Then
        assertThat(changes).containsExactly(new LearnerNamed(42, "alice", CE_TIME));
    }

    @Test
    void fields_of_a_newer_version_are_passed_over() {
        // Given
        var newer = Wire.enrollmentSchema("""
                , {"name": "tags", "type": {"type": "array", "items": "string"}}
                , {"name": "prices", "type": {"type": "map", "values": "double"}}""");
        registry.with(19, newer);
        var enrollment = new HashMap<>(enrollmentFields());
        enrollment.put("tags", List.of("a", "b"));
        enrollment.put("prices", Map.of("eur", 1.5));

        // When
        var changes = read(Wire.ENROLLMENT, Wire.key(7, COURSE), Wire.value(19, newer, Map.of("enrollment", enrollment)));

        // Then
        assertThat(changes).hasSize(2);
    }

    @Test
    void a_foreign_record_is_neither_decoded_nor_is_its_schema_asked_for() {
        for (var name : List.of("edx.video.played", "play_video", "problem_check", "edx.ui.lms.sequence.next_selected")) {
            // When
            var changes = read(Wire.TRACKING, Wire.key(7, name), new byte[] { 99 });

            // Then
            assertThat(changes).isEmpty();
            assertThat(registry.loaded()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "2026-05-04T12:00:00.200000+00:00", "{\"user_id\": 42, \"completion\": 1.0}", COURSE, "42", "" })
    void a_key_that_is_no_name_says_nothing(String key) {
        // Given
        var value = Wire.value(8, Wire.TRACKING_SCHEMA, Wire.completion(42, COURSE, BLOCK, 1.0, "2026-05-04T12:00:00Z"));

        // When
        var changes = read(Wire.TRACKING, Wire.key(7, key), value);

        // Then
        assertThat(changes).hasSize(1);
    }

    @Test
    void a_foreign_event_under_another_key_is_told_by_its_name() {
        // When
        var changes = read(Wire.TRACKING, null, Wire.value(8, Wire.TRACKING_SCHEMA, Wire.tracking("play_video", "[]")));

        // Then
        assertThat(changes).isEmpty();
    }

    @Test
    void an_event_of_an_unknown_type_is_passed_over() {
        // When
        var changes = read("org.openedx.learning.certificate.created.v1", null, new byte[] { 1 });

        // Then
        assertThat(changes).isEmpty();
        assertThat(registry.loaded()).isEmpty();
    }

    @Test
    void the_frame_must_be_whole() {
        assertRefused("only 4 bytes", 0, 0, 0, 0);
        assertRefused("starts with byte 123", 123, 0, 0, 0, 8, 2);
    }

    @Test
    void an_unknown_schema_is_named() {
        assertRefused("Unknown schema id 17", 0, 0, 0, 0, 17, 2);
    }

    @Test
    void a_schema_that_lacks_what_we_need_is_refused() {
        // Given
        var value = Wire.value(14, Wire.REGISTRATION_SCHEMA, Wire.registration(42, "alice"));

        // Then
        assertThatThrownBy(() -> read(Wire.TRACKING, COMPLETION_KEY, value))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("missing required field tracking_log");
    }

    @Test
    void a_schema_that_is_none_is_refused() {
        // Given
        registry.with(20, "{\"type\": \"nonsense\"}");

        // Then
        assertRefused("Schema 20 cannot be used", 0, 0, 0, 0, 20, 2);
    }

    @Test
    void a_datum_cut_short_anywhere_is_refused() {
        // Given
        var whole = Wire.value(9, Wire.ENROLLMENT_SCHEMA, Wire.enrollment(42, "alice", COURSE, true));

        for (int length = 0; length < whole.length; length++) {
            var cut = Arrays.copyOf(whole, length);

            // Then
            assertThatThrownBy(() -> read(Wire.ENROLLMENT, null, cut)).isInstanceOf(UnreadableEventException.class);
        }
    }

    @Test
    void there_must_be_nothing_after_the_datum() {
        // Given
        var whole = Wire.value(9, Wire.ENROLLMENT_SCHEMA, Wire.enrollment(42, "alice", COURSE, true));

        // Then
        assertThatThrownBy(() -> read(Wire.ENROLLMENT, null, Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessage("Malformed Avro: there is more after the datum");
    }

    /** With a heap far below the claimed length this would otherwise end the JVM. */
    @Test
    void a_string_that_claims_two_gigabytes_costs_nothing() {
        assertRefused("truncated", 0, 0, 0, 0, 8, 0xee, 0xff, 0xff, 0xff, 0x0f, 'a');
    }

    @Test
    void a_string_of_negative_length_is_refused() {
        assertRefused("Malformed Avro", 0, 0, 0, 0, 8, 1, 0, 0, 0);
    }

    @Test
    void no_bytes_do_any_harm() {
        // Given
        var random = new Random(20260504);
        var whole = Wire.value(9, Wire.ENROLLMENT_SCHEMA, Wire.enrollment(42, "alice", COURSE, true));

        for (int round = 0; round < 20_000; round++) {
            var bytes = whole.clone();
            for (int change = 0; change < 3; change++) {
                bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt();
            }
            try {
                // When
                read(Wire.ENROLLMENT, null, bytes);
            } catch (UnreadableEventException e) {
                // Then
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void data_that_is_not_about_a_completion_is_refused() {
        // Given
        var value = Wire.value(8, Wire.TRACKING_SCHEMA, Wire.tracking(TrackingEvent.COMPLETION, "{\"user_id\": 42}"));

        // Then
        assertThatThrownBy(() -> read(Wire.TRACKING, COMPLETION_KEY, value))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessage("course_id is missing");
    }

    private static Schema ours(String type) {
        return BusEvent.schemas().get(BusEvent.of(type).orElseThrow());
    }

    private void assertRefused(String reason, int... value) {
        var bytes = new byte[value.length];
        for (int index = 0; index < value.length; index++) {
            bytes[index] = (byte) value[index];
        }
        assertThatThrownBy(() -> read(Wire.TRACKING, COMPLETION_KEY, bytes))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining(reason);
    }

    private List<Change> read(String type, byte[] key, byte[] value) {
        var event = Wire.event(type, key, value);
        assertThat(format.reads(event)).isTrue();
        format.prepare(List.of(event)).await().indefinitely();
        return format.read(event);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> enrollmentFields() {
        return (Map<String, Object>) Wire.enrollment(42, "alice", COURSE, true).get("enrollment");
    }

    private static void assertAgrees(GenericRecord actual, JsonNode expected) {
        for (var field : actual.getSchema().getFields()) {
            var value = actual.get(field.pos());
            var wanted = expected.get(field.name());
            if (value instanceof GenericRecord inner) {
                assertAgrees(inner, wanted);
            } else {
                assertThat(String.valueOf(value)).as(field.name()).isEqualTo(wanted.asText());
            }
        }
    }
}
