package org.openedx.aggregator.event;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/** A record as it came from Kafka. Key and value may be null. */
record RawEvent(ConsumerRecord<byte[], byte[]> message) {

    String topic() {
        return message.topic();
    }

    byte[] value() {
        if (message.value() == null) {
            throw new UnreadableEventException(LetterReason.EMPTY, "The record has no value (a tombstone)");
        }
        if (message.value().length == 0) {
            throw new UnreadableEventException(LetterReason.EMPTY, "The record is empty");
        }
        return message.value();
    }

    int size() {
        return message.value() == null ? 0 : message.value().length;
    }

    /** The value of a header; empty if it is absent. */
    Optional<String> header(String name) {
        var found = message.headers().headers(name).iterator();
        if (!found.hasNext()) {
            return Optional.empty();
        }
        var value = found.next().value();
        if (found.hasNext()) {
            throw new UnreadableEventException("Header " + name + " is given more than once");
        }
        return Optional.of(value == null ? "" : new String(value, StandardCharsets.UTF_8));
    }

    /** The span in which the record was sent, if the sender says so. */
    Optional<String> traceparent() {
        return Optional.ofNullable(message.headers().lastHeader("traceparent"))
                .map(header -> header.value())
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    Headers headers() {
        return message.headers();
    }

    /** When the record was written, in microseconds since 1970-01-01T00:00:00Z. */
    long timestamp() {
        return message.timestamp() * 1000;
    }
}
