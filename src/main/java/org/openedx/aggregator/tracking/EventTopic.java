package org.openedx.aggregator.tracking;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaProducer;
import io.smallrye.reactive.messaging.kafka.Record;

/** The way to the broker. */
@ApplicationScoped
class EventTopic {

    private static final String CHANNEL = "progress-events";

    private final KafkaClientService clients;

    // The emitter makes the channel, and so its settings and its producer, exist. Thousands of records at once go past it,
    // in one step.
    EventTopic(@Channel(CHANNEL) MutinyEmitter<Record<byte[], byte[]>> channel, KafkaClientService clients) {
        this.clients = clients;
    }

    /**
     * Answers when the broker has all of the records. They are made as they are sent, on the thread that sends; after a
     * record that fails, no more are made.
     */
    Uni<Void> send(Iterator<ProducerRecord<byte[], byte[]>> records) {
        KafkaProducer<byte[], byte[]> producer = clients.getProducer(CHANNEL);
        return producer.runOnSendingThread((Producer<byte[], byte[]> client) -> new Sending(client).all(records))
                .chain(Uni.createFrom()::completionStage);
    }

    /** One batch on its way. */
    private static final class Sending {

        private final Producer<byte[], byte[]> client;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        // One for the loop itself.
        private final AtomicInteger open = new AtomicInteger(1);

        Sending(Producer<byte[], byte[]> client) {
            this.client = client;
        }

        CompletionStage<Void> all(Iterator<ProducerRecord<byte[], byte[]>> records) {
            try {
                while (records.hasNext() && !done.isCompletedExceptionally()) {
                    open.incrementAndGet();
                    client.send(records.next(), (metadata, failure) -> onAnswer(failure));
                }
                onAnswer(null);
            } catch (RuntimeException e) {
                onAnswer(e);
            }
            return done;
        }

        private void onAnswer(Exception failure) {
            if (failure != null) {
                done.completeExceptionally(failure);
            } else if (open.decrementAndGet() == 0) {
                done.complete(null);
            }
        }
    }
}
