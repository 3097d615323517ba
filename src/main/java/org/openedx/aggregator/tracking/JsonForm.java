package org.openedx.aggregator.tracking;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.producer.ProducerRecord;

import io.smallrye.mutiny.Uni;

/** The tracking event as JSON, as it stands in the tracking log; the headers repeat what is known without reading it. */
record JsonForm(TrackingConfig config) implements RecordForm {

    @Override
    public Uni<Void> prepare() {
        return Uni.createFrom().voidItem();
    }

    @Override
    public ProducerRecord<byte[], byte[]> record(ProgressEvent event) {
        return new ProducerRecord<>(config.topic(), null, bytes(RecordKey.of(config.key(), event)),
                bytes(EventJson.whole(event)), Headers.of(event, event.name(), "application/json"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
