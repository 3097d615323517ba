package org.openedx.aggregator.fault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The dead letters of a drill. */
final class DeadLetterBox {

    private DeadLetterBox() {
    }

    /** The numbers of all poison that was put aside, as often as it was; -1 is no poison of ours. */
    static List<Integer> letters(Ground ground) {
        var topic = ground.deadLetterTopic();
        try (var consumer = new KafkaConsumer<>(Map.<String, Object> of("bootstrap.servers",
                ground.services().bootstrapServers()), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            long left = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var numbers = new ArrayList<Integer>();
            for (int round = 0; round < 200 && numbers.size() < left; round++) {
                consumer.poll(Duration.ofMillis(500)).forEach(letter -> numbers.add(number(letter)));
            }
            return numbers;
        }
    }

    private static int number(ConsumerRecord<byte[], byte[]> letter) {
        var header = letter.headers().lastHeader(Poison.HEADER);
        return header == null ? -1 : Integer.parseInt(new String(header.value(), StandardCharsets.UTF_8));
    }
}
