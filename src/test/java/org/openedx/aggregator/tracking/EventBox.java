package org.openedx.aggregator.tracking;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.openedx.aggregator.dev.EmbeddedServices;

/** Reads a topic from its beginning and keeps what concerns a test. */
public final class EventBox implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int PARTITIONS = 3;
    private static final int MOST_POLLS = 1000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Predicate<ConsumerRecord<byte[], byte[]>> wanted;
    private final List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();

    public EventBox(String topic, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        this.wanted = wanted;
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", EmbeddedServices.start().bootstrapServers(),
                "auto.offset.reset", "earliest", "fetch.max.wait.ms", "50"), new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        create(topic);
        consumer.assign(consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
    }

    private static void create(String topic) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", EmbeddedServices.start().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new AssertionError(e);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Everything so far, in the order of the topic; waits until there are so many, then a moment for one too many. */
    public List<ConsumerRecord<byte[], byte[]>> atLeast(int count) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (events.size() < count && System.nanoTime() < deadline) {
            poll(Duration.ofMillis(200));
        }
        for (int round = 0; round < MOST_POLLS && poll(Duration.ofMillis(1000)); round++) {
            // There may be more.
        }
        return events;
    }

    private boolean poll(Duration patience) {
        var polled = consumer.poll(patience);
        for (var event : polled) {
            if (wanted.test(event)) {
                events.add(event);
            }
        }
        return !polled.isEmpty();
    }

    public static String value(ConsumerRecord<byte[], byte[]> event) {
        return new String(event.value(), StandardCharsets.UTF_8);
    }

    public static String header(ConsumerRecord<byte[], byte[]> event, String name) {
        var header = event.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
