package org.openedx.aggregator.dev;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

import org.apache.kafka.clients.producer.ProducerRecord;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the LMS would write to its event bus: topics, keys, headers and values, all of them JSON. */
final class LmsEvents {

    private static final String ANALYTICS = "analytics";
    private static final String ENROLLMENTS = "learning-enrollment-lifecycle";
    private static final String TRACKING_TYPE = "org.openedx.analytics.tracking.event.emitted.v1";
    private static final String ENROLLMENT_TYPE = "org.openedx.learning.course.enrollment.created.v1";
    private static final String COMPLETION = "edx.completion.block_completion.changed";

    private static final byte[] COMPLETION_KEY = bytes(COMPLETION);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx")
            .withZone(ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();

    private LmsEvents() {
    }

    static ProducerRecord<byte[], byte[]> enrolled(long learnerId, String username, Instant at) {
        var value = JSON.createObjectNode();
        var enrollment = value.putObject("enrollment");
        enrollment.putObject("user")
                .put("id", learnerId)
                .put("is_active", true)
                .putObject("pii")
                .put("username", username)
                .put("email", username + "@example.com")
                .put("name", "");
        enrollment.putObject("course").put("course_key", DemoCourse.KEY.value()).put("display_name", "");
        enrollment.put("mode", "audit").put("is_active", true).put("creation_date", TIME.format(at));
        return message(ENROLLMENTS, ENROLLMENT_TYPE, bytes(DemoCourse.KEY.value()), bytes(value.toString()), at);
    }

    static ProducerRecord<byte[], byte[]> completed(BlockCompleted completed) {
        var modified = TIME.format(completed.modified());
        var value = JSON.createObjectNode();
        // The bus's schema has no objects of free form: data and context are documents inside strings.
        value.putObject("tracking_log")
                .put("name", COMPLETION)
                .put("timestamp", modified)
                .put("data", data(completed, modified).toString())
                .put("context", "{\"org_id\": \"" + DemoCourse.KEY.org() + "\"}");
        return message(ANALYTICS, TRACKING_TYPE, COMPLETION_KEY, bytes(value.toString()), completed.modified());
    }

    private static ObjectNode data(BlockCompleted completed, String modified) {
        return JSON.createObjectNode()
                .put("user_id", completed.learnerId())
                .put("course_id", DemoCourse.KEY.value())
                .put("block_id", completed.block().value())
                .put("block_type", completed.block().blockType())
                .put("completion", completed.completion())
                .put("modified", modified)
                .put("created", modified);
    }

    /** A tracking event somebody wrote by hand, sent as it is; without a key, since only its value knows its name. */
    static ProducerRecord<byte[], byte[]> tracking(byte[] value, Instant at) {
        return message(ANALYTICS, TRACKING_TYPE, null, value, at);
    }

    private static ProducerRecord<byte[], byte[]> message(String topic, String type, byte[] key, byte[] value, Instant at) {
        var message = new ProducerRecord<>(topic, key, value);
        message.headers()
                .add("ce_type", bytes(type))
                .add("ce_id", bytes(UUID.randomUUID().toString()))
                .add("ce_source", bytes("openedx/lms/web"))
                .add("ce_specversion", bytes("1.0"))
                .add("ce_time", bytes(TIME.format(at)))
                .add("ce_minorversion", bytes("0"))
                .add("ce_datacontenttype", bytes("application/json"))
                .add("content-type", bytes("application/json"))
                .add("sourcehost", bytes("dev"))
                .add("sourcelib", bytes("11.2.0"));
        return message;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
