package org.openedx.aggregator.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openedx.aggregator.event.DeadLetterBox.header;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;
import org.openedx.aggregator.support.Registry;
import org.openedx.aggregator.support.RegistryResource;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Records as the LMS frames them, through a real broker, with the schemas in a real registry. */
@QuarkusTest
@WithTestResource(value = RegistryResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class EventBusTest {

    private static final AtomicLong NEXT_LEARNER = new AtomicLong(8_300_000);
    private static final String COURSE = "course-v1:Bus+Avro+1";
    private static final String BLOCK = "block-v1:Bus+Avro+1+type@html+block@b";
    private static final String TIME = "2026-05-04T12:00:00.123456+00:00";
    private static final int NOBODYS_ID = 987_654;

    Registry registry;

    private final long learner = NEXT_LEARNER.incrementAndGet();
    private Lms lms;

    @BeforeEach
    void open() {
        lms = new Lms();
    }

    @AfterEach
    void close() {
        registry.gate().open();
        lms.close();
    }

    @Test
    void a_learner_registers_enrols_completes_and_leaves() {
        // When
        lms.send(Wire.message(Lms.USERS, Wire.REGISTRATION, key(Lms.USERS, "bus"), Wire.value(
                id(Lms.USERS, Wire.REGISTRATION, Wire.REGISTRATION_SCHEMA), Wire.REGISTRATION_SCHEMA,
                Wire.registration(learner, "bus" + learner))));
        enroll(true);
        complete(1.0);
        lms.awaitIngested();
        var enrolled = enrollment();
        enroll(false, "2026-05-04T13:00:00+00:00");
        lms.awaitIngested();

        // Then
        assertThat(Database.rows("SELECT username FROM learner WHERE id = ?", learner))
                .containsExactly(Map.of("username", "bus" + learner));
        assertThat(completions()).containsExactly(Map.of("completion", 1.0));
        assertThat(enrolled).containsExactly(Map.of("active", true, "mode", "audit"));
        assertThat(enrollment()).containsExactly(Map.of("active", false, "mode", "audit"));
    }

    @Test
    void foreign_records_are_not_looked_into() {
        try (var letters = opened()) {
            // When
            lms.send(Wire.message(Lms.ANALYTICS, Wire.TRACKING, key(Lms.ANALYTICS, "edx.video.played"), new byte[] { 99 }));
            lms.send(Wire.message(Lms.ANALYTICS, Wire.TRACKING, key(Lms.ANALYTICS, "play_video"),
                    Wire.frame(NOBODYS_ID, (byte) 1)));
            complete(0.5);
            lms.awaitIngested();

            // Then
            assertThat(completions()).containsExactly(Map.of("completion", 0.5));
            assertThat(letters.letters()).isEmpty();
        }
    }

    @Test
    void records_that_cannot_be_read_are_put_aside_and_their_neighbours_are_taken_in() {
        // Given
        var good = completion(1.0);
        var malformed = good.clone();
        malformed[5] = 1;
        var bad = List.of(
                ByteBuffer.wrap(good.clone()).putInt(1, NOBODYS_ID).array(),
                ByteBuffer.wrap(good.clone()).put(0, (byte) 1).array(),
                Arrays.copyOf(good, good.length / 2),
                Arrays.copyOf(good, good.length + 1),
                Arrays.copyOf(good, 3),
                malformed);

        try (var letters = opened()) {
            // When
            bad.forEach(this::sendCompletion);
            sendCompletion(good);
            lms.awaitIngested();

            // Then
            assertThat(completions()).containsExactly(Map.of("completion", 1.0));
            assertThat(letters.letters())
                    .extracting(letter -> header(letter, "dead-letter-reason"))
                    .satisfiesExactlyInAnyOrder(
                            reason -> assertThat(reason).isEqualTo("Unknown schema id " + NOBODYS_ID),
                            reason -> assertThat(reason).contains("starts with byte 1, not 0"),
                            reason -> assertThat(reason).isEqualTo("The Avro datum is truncated"),
                            reason -> assertThat(reason).contains("there is more after the datum"),
                            reason -> assertThat(reason).contains("only 3 bytes"),
                            reason -> assertThat(reason).startsWith("Malformed Avro"));
        }
    }

    @Test
    void while_the_registry_is_away_events_wait() {
        // Given
        var newer = Wire.enrollmentSchema(", {\"name\": \"since_%d\", \"type\": \"string\", \"default\": \"\"}"
                .formatted(System.nanoTime()));
        int unseen = id(Lms.ENROLLMENTS, Wire.ENROLLMENT, newer);
        var value = Wire.value(unseen, newer, enrollment(newer));

        try (var letters = opened()) {
            // When
            registry.gate().shut();
            lms.send(Wire.message(Lms.ENROLLMENTS, Wire.ENROLLMENT, Wire.key(1, COURSE), value));
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> lms.lag() > 0);
            Awaitility.await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).until(() -> lms.lag() > 0);
            var meanwhile = enrollment();
            registry.gate().open();
            lms.awaitIngested();

            // Then
            assertThat(meanwhile).isEmpty();
            assertThat(enrollment()).hasSize(1);
            assertThat(letters.letters()).isEmpty();
        }
    }

    @Test
    void every_sample_from_the_wire_goes_through() {
        // Given
        var vectors = Wire.vectors();

        try (var letters = opened()) {
            // When
            for (var vector : vectors) {
                var value = ByteBuffer.wrap(vector.value())
                        .putInt(1, id(Lms.ENROLLMENTS, vector.type(), vector.schema()))
                        .array();
                lms.send(Wire.message(Lms.ENROLLMENTS, vector.type(), vector.key(), value));
            }
            lms.awaitIngested();

            // Then
            assertThat(letters.letters()).isEmpty();
            assertThat(Database.rows("SELECT username FROM learner WHERE id = 42"))
                    .containsExactly(Map.of("username", "alice"));
        }
    }

    private void enroll(boolean active) {
        enroll(active, "2026-05-04T12:00:00+00:00");
    }

    private void enroll(boolean active, String time) {
        int id = id(Lms.ENROLLMENTS, Wire.ENROLLMENT, Wire.ENROLLMENT_SCHEMA);
        var message = Wire.message(Lms.ENROLLMENTS, Wire.ENROLLMENT, key(Lms.ENROLLMENTS, COURSE),
                Wire.value(id, Wire.ENROLLMENT_SCHEMA, Wire.enrollment(learner, "bus" + learner, COURSE, active)));
        message.headers().remove("ce_time").add("ce_time", time.getBytes());
        lms.send(message);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> enrollment(String schema) {
        var fields = new HashMap<>(
                (Map<String, Object>) Wire.enrollment(learner, "bus" + learner, COURSE, true).get("enrollment"));
        var field = schema.substring(schema.indexOf("since_"));
        fields.put(field.substring(0, field.indexOf('"')), "now");
        return Map.of("enrollment", fields);
    }

    private void complete(double completion) {
        sendCompletion(completion(completion));
    }

    private byte[] completion(double completion) {
        return Wire.value(id(Lms.ANALYTICS, Wire.TRACKING, Wire.TRACKING_SCHEMA), Wire.TRACKING_SCHEMA,
                Wire.completion(learner, COURSE, BLOCK, completion, TIME));
    }

    private void sendCompletion(byte[] value) {
        lms.send(Wire.message(Lms.ANALYTICS, Wire.TRACKING, key(Lms.ANALYTICS, Lms.COMPLETION), value));
    }

    // The names that the LMS's producer gives them: topic and record.
    private int id(String topic, String type, String schema) {
        return registry.register(topic + "-" + type + ".CloudEvent", schema);
    }

    private byte[] key(String topic, String text) {
        return Wire.key(registry.register(topic + "-string", "{\"name\": \"name\", \"type\": \"string\"}"), text);
    }

    private List<Map<String, Object>> completions() {
        return Database.rows("SELECT completion FROM block_completion WHERE learner_id = ?", learner);
    }

    private List<Map<String, Object>> enrollment() {
        return Database.rows("SELECT active, mode FROM enrollment WHERE learner_id = ?", learner);
    }

    // The topic comes to be with the first letter.
    private DeadLetterBox opened() {
        lms.send(Wire.message(Lms.ANALYTICS, Wire.TRACKING, null, null));
        lms.awaitIngested();
        return new DeadLetterBox();
    }
}
