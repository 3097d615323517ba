package org.openedx.aggregator.fault;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.openedx.aggregator.support.Lms;

/** A record nobody can use, known by a header of its own. */
record Poison(int number) {

    static final String HEADER = "poison";

    private static final String GOOD = Lms.completionEvent(1, "course-v1:Fault+C0+1",
            "block-v1:Fault+C0+1+type@html+block@c0000", 0.5, "2026-01-01T00:00:00Z");
    private static final List<String> VALUES = List.of(
            GOOD.substring(0, 100),
            GOOD.replace("0.5", "1.1"),
            GOOD.replace("0.5", "NaN"),
            GOOD.replace("course-v1:Fault+C0+1\\\"", "Fault\\\""),
            GOOD.replace("block@c0000", "block@" + "b".repeat(256)),
            "[]",
            "");

    void by(Lms lms) {
        var message = new ProducerRecord<>(lms.topic(Lms.ANALYTICS), bytes(Lms.COMPLETION),
                bytes(VALUES.get(number % VALUES.size())));
        message.headers().add("ce_type", bytes("org.openedx.analytics.tracking.event.emitted.v1"))
                .add("content-type", bytes("application/json"))
                .add(HEADER, bytes(String.valueOf(number)));
        lms.send(message);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
