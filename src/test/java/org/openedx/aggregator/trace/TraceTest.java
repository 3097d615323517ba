package org.openedx.aggregator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import jakarta.inject.Inject;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.support.Api;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;
import org.openedx.aggregator.tracking.EventBox;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(TraceTest.Traced.class)
class TraceTest {

    private static final String TOPIC = "traced-progress-events";
    private static final String COURSE = "course-v1:Traced+Way+1";
    private static final String BLOCK = "block-v1:Traced+Way+1+type@html+block@a";
    private static final String USERNAME = "spanned-name";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String STRUCTURE = """
            {"root": "block-v1:Traced+Way+1+type@course+block@course", "blocks": {
              "block-v1:Traced+Way+1+type@course+block@course": {"type": "course",
                "children": ["block-v1:Traced+Way+1+type@html+block@a"]},
              "block-v1:Traced+Way+1+type@html+block@a": {"type": "html"}}}""";

    /** The service with its one switch turned. */
    public static class Traced implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.otel.sdk.disabled", "false", "quarkus.otel.bsp.schedule.delay", "100ms",
                    "aggregator.tracking.enabled", "true", "aggregator.tracking.topic", TOPIC);
        }
    }

    @Inject
    InMemorySpanExporter exporter;

    @BeforeEach
    void publish() {
        Api.asStaff().contentType("application/json").body(STRUCTURE)
                .put("/completion-aggregator/v1/structure/" + COURSE + "/").then().statusCode(200);
    }

    @Test
    void the_way_of_a_record_can_be_followed_to_its_progress_event() {
        try (var lms = new Lms(); var box = new EventBox(TOPIC, event -> EventBox.value(event).contains("Traced+Way"))) {
            // Given
            lms.enroll(1_720_001, USERNAME, COURSE);
            lms.awaitIngested();
            Database.awaitAggregated(COURSE);
            box.atLeast(1);
            exporter.reset();

            // When
            lms.send(completion());
            lms.awaitIngested();
            Database.awaitAggregated(COURSE);

            // Then
            var ingest = SpanBox.await(exporter, span -> isAfter(span, TRACE, "ingest"));
            var record = SpanBox.await(exporter,
                    span -> span.getName().equals("record") && span.getParentSpanId().equals(ingest.getSpanId()));
            var batch = SpanBox.await(exporter, span -> isAfter(span, record.getTraceId(), "aggregate"));
            assertThat(batch.getLinks()).extracting(link -> link.getSpanContext().getSpanId()).contains(record.getSpanId());
            assertThat(batch.getAttributes().get(AttributeKey.stringKey("completion.course"))).isEqualTo(COURSE);
            assertThat(box.atLeast(2)).anySatisfy(event -> assertThat(EventBox.header(event, "traceparent"))
                    .isEqualTo("00-" + batch.getTraceId() + "-" + batch.getSpanId() + "-01"));
            assertThat(Database.number("SELECT COUNT(*) FROM stale_trace WHERE learner_id = 1720001")).isZero();
            assertThat(exporter.getFinishedSpanItems().toString()).doesNotContain(USERNAME);
        }
    }

    @Test
    void a_request_is_a_span_that_names_nobody() {
        // When
        Api.as(USERNAME).header("User-Agent", USERNAME + "@example.com")
                .get("/completion-aggregator/v1/course/" + COURSE + "/?username=" + USERNAME);

        // Then
        SpanBox.await(exporter, span -> span.getName().contains("/completion-aggregator/v1/course/{course_key"));
        assertThat(exporter.getFinishedSpanItems().toString()).doesNotContain(USERNAME);
    }

    private static boolean isAfter(SpanData span, String trace, String name) {
        return span.getName().equals(name)
                && span.getLinks().stream().anyMatch(link -> link.getSpanContext().getTraceId().equals(trace));
    }

    private static ProducerRecord<byte[], byte[]> completion() {
        var record = new ProducerRecord<>(Lms.ANALYTICS, bytes(Lms.COMPLETION),
                bytes(Lms.completionEvent(1_720_001, COURSE, BLOCK, 1.0, "2026-05-04T12:00:00Z")));
        record.headers()
                .add("ce_type", bytes("org.openedx.analytics.tracking.event.emitted.v1"))
                .add("content-type", bytes("application/json"))
                .add("traceparent", bytes("00-" + TRACE + "-00f067aa0ba902b7-01"));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
