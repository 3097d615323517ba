package org.openedx.aggregator.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.openedx.aggregator.bench.Site.Completion;
import org.openedx.aggregator.support.Lms;

/**
 * Completions as the event bus of the LMS carries them: all under one key, so in one partition, with all headers, and with
 * data and a context of a browser's request as JSON inside strings, some 1.5 kB each. Each is a second newer than the one
 * before.
 */
final class TrackingEvents implements Form {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx")
            .withZone(ZoneOffset.UTC);

    private static final byte[] KEY = bytes(Lms.COMPLETION);
    private static final Map<String, byte[]> HEADERS = Map.of(
            "ce_type", bytes("org.openedx.analytics.tracking.event.emitted.v1"),
            "ce_source", bytes("openedx/lms/web"),
            "ce_specversion", bytes("1.0"),
            "ce_minorversion", bytes("0"),
            "ce_datacontenttype", bytes("application/json"),
            "content-type", bytes("application/json"),
            "sourcehost", bytes("lms-7c9d5b8f6d-x2x9q"),
            "sourcelib", bytes("11.2.0"));

    private static final String CONTEXT = escaped("""
            {"user_id": %1$d, "username": "%2$s", "course_id": "%3$s", "org_id": "BenchX", \
            "path": "/courses/%3$s/xblock/%4$s/handler/publish_completion", "session": "0f3f2c7d5f9a4b8d9a3c1e7b6d5a4f3e", \
            "ip": "203.0.113.27", "host": "courses.example.org", \
            "agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36", \
            "referer": "https://courses.example.org/xblock/%4$s?show_title=0&recheck_access=1", \
            "accept_language": "en-US,en;q=0.9,de;q=0.8", "client_id": null, "course_user_tags": {}, \
            "enterprise_uuid": ""}""");
    private static final String DATA = escaped("""
            {"user_id": %1$d, "course_id": "%3$s", "block_id": "%4$s", "block_type": "%5$s", "completion": 1.0, \
            "modified": "%6$s", "created": "%6$s"}""");
    private static final String EVENT = "{\"tracking_log\": {\"name\": \"" + Lms.COMPLETION
            + "\", \"timestamp\": \"%6$s\", \"data\": \"" + DATA + "\", \"context\": \"" + CONTEXT + "\"}}";
    // Six arguments in many places: cut once, for formatting would take longer than what is measured.
    private static final String[] PARTS = EVENT.split("(?=%[1-6]\\$[ds])");

    private final Site site;
    private Instant time = Instant.parse("2026-01-01T00:00:00.123456Z");

    TrackingEvents(Site site) {
        this.site = site;
    }

    /** What makes the fact of an event known among all others: no two have the same time, in microseconds. */
    record Fact(long learnerId, long modified) {
    }

    @Override
    public Fact fact(Completion completion) {
        return new Fact(Site.id(completion.learner()), ChronoUnit.MICROS.between(Instant.EPOCH, time));
    }

    @Override
    public ProducerRecord<byte[], byte[]> next(Completion completion) {
        time = time.plus(1, ChronoUnit.SECONDS);
        var text = TIME.format(time);
        var leaf = site.leaf(completion.leaf());
        var type = leaf.substring(leaf.indexOf("@") + 1, leaf.indexOf("+block@"));
        var id = String.valueOf(Site.id(completion.learner()));
        var value = filled(id, Site.username(completion.learner()), Site.COURSE, leaf, type, text);
        var event = new ProducerRecord<>(Lms.ANALYTICS, KEY, bytes(value));
        HEADERS.forEach(event.headers()::add);
        event.headers().add("ce_id", bytes(new UUID(time.getEpochSecond(), completion.leaf()).toString()));
        event.headers().add("ce_time", bytes(text));
        return event;
    }

    private static String filled(String... arguments) {
        var text = new StringBuilder(2000);
        for (var part : PARTS) {
            if (part.charAt(0) == '%') {
                text.append(arguments[part.charAt(1) - '1']).append(part, 4, part.length());
            } else {
                text.append(part);
            }
        }
        return text.toString();
    }

    private static String escaped(String json) {
        return json.replace("\"", "\\\"");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
