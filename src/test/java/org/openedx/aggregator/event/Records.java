package org.openedx.aggregator.event;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as they would come from Kafka. */
final class Records {

    /** When each record was written: 2026-05-04T12:00:00Z. */
    static final long WRITTEN_AT = 1_777_896_000_000L;

    private Records() {
    }

    /** A record without headers, as a log shipper sends it. */
    static RawEvent bare(String value) {
        return of("analytics", null, value);
    }

    /** A record of the event bus; {@code headers} are names and values in turn. */
    static RawEvent typed(String type, String key, String value, String... headers) {
        var event = of("analytics", key, value, headers);
        event.headers().add("ce_type", bytes(type)).add("content-type", bytes("application/json"));
        return event;
    }

    static RawEvent of(String topic, String key, String value, String... headers) {
        var all = new RecordHeaders();
        for (int index = 0; index < headers.length; index += 2) {
            all.add(headers[index], bytes(headers[index + 1]));
        }
        return new RawEvent(new ConsumerRecord<>(topic, 3, 17, WRITTEN_AT, TimestampType.CREATE_TIME, 0, 0, bytes(key),
                bytes(value), all, Optional.empty()));
    }

    static String json(String text) {
        return text.replace('\'', '"');
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
