package org.openedx.aggregator.bench;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.openedx.aggregator.bench.Site.Completion;
import org.openedx.aggregator.bench.TrackingEvents.Fact;
import org.openedx.aggregator.support.Lms;

/** Completions as the event bus of the LMS carries them in Avro: framed, under one key, with all headers, some 1.3 kB each. */
final class FramedEvents implements Form {

    static final int SCHEMA_ID = 8;

    private static final byte[] KEY = framed(7, Lms.COMPLETION);
    private static final Map<String, byte[]> HEADERS = Map.of(
            "ce_type", bytes("org.openedx.analytics.tracking.event.emitted.v1"),
            "ce_source", bytes("openedx/lms/web"),
            "ce_specversion", bytes("1.0"),
            "ce_minorversion", bytes("0"),
            "ce_datacontenttype", bytes("application/avro"),
            "content-type", bytes("application/avro"),
            "sourcehost", bytes("lms-7c9d5b8f6d-x2x9q"),
            "sourcelib", bytes("11.2.0"));
    private static final String DATA = """
            {"user_id": %1$d, "course_id": "%2$s", "block_id": "%3$s", "block_type": "html", "completion": 1.0, \
            "modified": "%4$s", "created": "%4$s"}""";
    private static final String CONTEXT = """
            {"user_id": %1$d, "username": "%2$s", "course_id": "%3$s", "org_id": "BenchX", \
            "path": "/courses/%3$s/xblock/%4$s/handler/publish_completion", "session": "0f3f2c7d5f9a4b8d9a3c1e7b6d5a4f3e", \
            "ip": "203.0.113.27", "host": "courses.example.org", \
            "agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36", \
            "referer": "https://courses.example.org/xblock/%4$s?show_title=0&recheck_access=1", \
            "accept_language": "en-US,en;q=0.9,de;q=0.8", "client_id": null, "course_user_tags": {}, \
            "enterprise_uuid": ""}""";

    private final Site site;
    private final Ticks ticks = new Ticks();

    FramedEvents(Site site) {
        this.site = site;
    }

    @Override
    public ProducerRecord<byte[], byte[]> next(Completion completion) {
        var time = ticks.next();
        long id = Site.id(completion.learner());
        var leaf = site.leaf(completion.leaf());
        var event = new ProducerRecord<>(Lms.ANALYTICS, KEY, framed(SCHEMA_ID, Lms.COMPLETION, time,
                DATA.formatted(id, Site.COURSE, leaf, time),
                CONTEXT.formatted(id, Site.username(completion.learner()), Site.COURSE, leaf)));
        HEADERS.forEach(event.headers()::add);
        event.headers().add("ce_id", bytes(new UUID(ticks.micros(), completion.leaf()).toString()));
        event.headers().add("ce_time", bytes(time));
        return event;
    }

    @Override
    public Fact fact(Completion completion) {
        return new Fact(Site.id(completion.learner()), ticks.micros());
    }

    private static byte[] framed(int schemaId, String... texts) {
        var bytes = new ByteArrayOutputStream(2000);
        bytes.write(0);
        bytes.writeBytes(ByteBuffer.allocate(4).putInt(schemaId).array());
        for (var text : texts) {
            var utf8 = bytes(text);
            int rest = utf8.length * 2;
            for (; rest >= 0x80; rest >>>= 7) {
                bytes.write(rest & 0x7f | 0x80);
            }
            bytes.write(rest);
            bytes.writeBytes(utf8);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
