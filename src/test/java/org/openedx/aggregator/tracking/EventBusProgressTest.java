package org.openedx.aggregator.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openedx.aggregator.tracking.EventBox.header;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.api.SampleCourse;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Registry;
import org.openedx.aggregator.support.RegistryResource;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Events as records of the event bus, with their schemas in a real registry. */
@QuarkusTest
@TestProfile(EventBusProgressTest.OnTheBus.class)
@WithTestResource(value = RegistryResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class EventBusProgressTest {

    private static final String TOPIC = "progress-on-the-bus";
    private static final String TYPE = "org.openedx.analytics.tracking.event.emitted.v1";
    private static final ObjectMapper JSON = new ObjectMapper();

    public static class OnTheBus extends Tracked {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("aggregator.tracking.enabled", "true", "aggregator.tracking.topic", EventBusProgressTest.TOPIC,
                    "aggregator.tracking.key", "name", "aggregator.tracking.types", "course");
        }
    }

    Registry registry;

    private final SampleCourse course = SampleCourse.unknown();

    @Test
    void a_record_is_framed_avro_with_the_headers_of_the_bus() throws IOException, InterruptedException {
        try (var box = new EventBox(TOPIC, this::isOfTheCourse)) {
            // Given
            Tracked.forget(course);

            // When
            course.inUse();
            var events = box.atLeast(1);

            // Then
            assertThat(events).hasSize(1);
            var event = events.get(0);
            assertThat(text(event.key())).isEqualTo("openedx.completion_aggregator.progress.course");
            assertThat(schema(event.key())).isEqualTo(new Schema.Parser().parse("\"string\""));
            var log = (GenericRecord) record(event.value()).get("tracking_log");
            assertThat(log.get("name")).hasToString("openedx.completion_aggregator.progress.course");
            assertThat(log.get("timestamp")).hasToString(header(event, "ce_time"));
            var stored = times();
            assertThat(log.get("data")).hasToString("""
                    {"user_id":%d,"course_id":"%s","block_id":"%s","type":"course","earned":1.5,"possible":5.0,\
                    "percent":0.3,"created":"%s","modified":"%s"}""".formatted(course.learnerId, course.key,
                    course.block("course", "course"), stored, stored));
            assertThat(log.get("context")).hasToString("""
                    {"course_id":"%s","org_id":"Sample","user_id":%d,"username":"%s","session":""}"""
                    .formatted(course.key, course.learnerId, course.learner));
            assertThat(event.headers()).extracting(Header::key).containsExactly("ce_type",
                    "ce_id", "ce_source", "ce_specversion", "ce_time", "ce_datacontenttype", "content-type",
                    "ce_minorversion", "sourcehost", "sourcelib");
            assertThat(header(event, "ce_type")).isEqualTo(TYPE);
            assertThat(header(event, "content-type")).isEqualTo("application/avro");
            assertThat(schema(event.value()).getFullName()).isEqualTo(TYPE + ".CloudEvent");
        }
    }

    private boolean isOfTheCourse(ConsumerRecord<byte[], byte[]> event) {
        return new String(event.value(), StandardCharsets.UTF_8).contains('"' + course.key + '"');
    }

    private String times() {
        return IsoTime.text(Database.number("SELECT CAST(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', modified) AS SIGNED)"
                + " FROM progress WHERE learner_id = ?", course.learnerId));
    }

    private GenericRecord record(byte[] framed) throws IOException, InterruptedException {
        var reader = new GenericDatumReader<GenericRecord>(schema(framed));
        var decoder = DecoderFactory.get().binaryDecoder(framed, 5, framed.length - 5, null);
        var record = reader.read(null, decoder);
        assertThat(decoder.isEnd()).isTrue();
        return record;
    }

    // Zigzag: a length below 64 is one byte.
    private static String text(byte[] framed) {
        assertThat(framed[5]).isEqualTo((byte) (2 * (framed.length - 6)));
        return new String(Arrays.copyOfRange(framed, 6, framed.length), StandardCharsets.UTF_8);
    }

    private static int id(byte[] framed) {
        assertThat(framed[0]).isZero();
        return ByteBuffer.wrap(framed).getInt(1);
    }

    private Schema schema(byte[] framed) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(registry.url() + "/schemas/ids/" + id(framed))).build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        return new Schema.Parser().parse(JSON.readTree(answer.body()).get("schema").asText());
    }
}
