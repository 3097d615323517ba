package org.openedx.aggregator.event;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.openedx.aggregator.dev.EmbeddedServices;

/** Reads what comes to the dead letters after it was opened. */
final class DeadLetterBox implements AutoCloseable {

    private static final String TOPIC = "completion-aggregator-dead-letters";

    private final KafkaConsumer<byte[], byte[]> consumer;

    DeadLetterBox() {
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", EmbeddedServices.start().bootstrapServers(),
                "fetch.max.wait.ms", "50"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(TOPIC).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** All that has come, in no order; waits a moment for more. */
    List<ConsumerRecord<byte[], byte[]>> letters() {
        var letters = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        var polled = consumer.poll(Duration.ofSeconds(2));
        for (int round = 0; round < 50 && !polled.isEmpty(); round++) {
            polled.forEach(letters::add);
            polled = consumer.poll(Duration.ofMillis(300));
        }
        return letters;
    }

    static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        var header = letter.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
