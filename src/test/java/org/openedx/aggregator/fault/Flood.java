package org.openedx.aggregator.fault;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.openedx.aggregator.support.Lms;

/** Completions as fast as one wants them, each newer than the one before. */
final class Flood implements AutoCloseable {

    private static final long USER = 424_242;
    private static final String COURSE = "the-course";
    private static final String BLOCK = "the-block";
    private static final String TIME = "the-time";
    // Cut once: making JSON would take longer than sending it.
    private static final String[] PARTS = Lms.completionEvent(USER, COURSE, BLOCK, 1.0, TIME)
            .split("(?=424242|the-course|the-block|the-time)");
    private static final byte[] KEY = bytes(Lms.COMPLETION);
    private static final Duration BEAT = Duration.ofMillis(20);

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final List<GroupCourse> courses;
    private final int learners;
    private final Random random;
    private Instant time = Instant.parse("2026-01-01T00:00:00.123456Z");

    Flood(Ground ground, Story story, Random random) {
        this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", ground.services().bootstrapServers(),
                "linger.ms", "20", "batch.size", "262144", "compression.type", "lz4"), new ByteArraySerializer(),
                new ByteArraySerializer());
        this.topic = ground.lms().topic(Lms.ANALYTICS);
        this.courses = story.courses();
        this.learners = story.learners().size();
        this.random = random;
    }

    /** Returns when the broker has so many. */
    void send(int count) {
        for (int number = 0; number < count; number++) {
            producer.send(next());
        }
        producer.flush();
    }

    /** Sends so many a second for so long; answers how many they were. */
    long send(double perSecond, Duration duration) {
        long start = System.nanoTime();
        long sent = 0;
        for (long passed = 0; passed < duration.toNanos(); passed = System.nanoTime() - start) {
            for (long due = (long) (perSecond * passed / 1e9); sent < due; sent++) {
                producer.send(next());
            }
            Patience.pause(BEAT);
        }
        producer.flush();
        return sent;
    }

    private ProducerRecord<byte[], byte[]> next() {
        time = time.plusSeconds(1);
        var course = courses.get(random.nextInt(courses.size()));
        var leaf = course.leaves().get(random.nextInt(course.leaves().size()));
        var text = new StringBuilder(512);
        for (var part : PARTS) {
            if (part.startsWith("424242")) {
                text.append(1 + random.nextInt(learners)).append(part, 6, part.length());
            } else if (part.startsWith(COURSE)) {
                text.append(course.key()).append(part, COURSE.length(), part.length());
            } else if (part.startsWith(BLOCK)) {
                text.append(leaf).append(part, BLOCK.length(), part.length());
            } else if (part.startsWith(TIME)) {
                text.append(time).append(part, TIME.length(), part.length());
            } else {
                text.append(part);
            }
        }
        var message = new ProducerRecord<>(topic, KEY, bytes(text.toString()));
        message.headers().add("ce_type", bytes("org.openedx.analytics.tracking.event.emitted.v1"))
                .add("content-type", bytes("application/json"));
        return message;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
