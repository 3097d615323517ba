package org.openedx.aggregator.dev;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import io.quarkus.arc.profile.IfBuildProfile;

/** The LMS's end of the event bus. Its methods wait for the broker and are for worker threads. */
@ApplicationScoped
@IfBuildProfile(anyOf = { "dev", "test" })
class LmsBus {

    private final Producer<byte[], byte[]> producer;

    LmsBus() {
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", EmbeddedServices.start().bootstrapServers(),
                        "linger.ms", "5",
                        "batch.size", "131072",
                        // As much as the broker takes, for events that are too large on purpose.
                        "max.request.size", "16777216"),
                new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Where the broker keeps the record now. */
    RecordMetadata send(ProducerRecord<byte[], byte[]> message) {
        try {
            return producer.send(message).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker did not take the event", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending", e);
        }
    }

    /** Returns when the broker has all of them. */
    void sendAll(Iterable<ProducerRecord<byte[], byte[]>> messages) {
        var failure = new AtomicReference<Exception>();
        for (var message : messages) {
            producer.send(message, (metadata, exception) -> failure.compareAndSet(null, exception));
        }
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("The broker did not take all events", failure.get());
        }
    }

    @PreDestroy
    void close() {
        producer.close();
    }
}
