package org.openedx.aggregator.support;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.openedx.aggregator.dev.EmbeddedServices;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Stands for the LMS: sends what it would send, over the real broker, and knows when all of it was taken in. */
public final class Lms implements AutoCloseable {

    public static final String ANALYTICS = "analytics";
    public static final String ENROLLMENTS = "learning-enrollment-lifecycle";
    public static final String USERS = "learning-user-lifecycle";
    public static final String COHORTS = "learning-cohort-lifecycle";
    public static final String ROLES = "learning-course-access-role-lifecycle";
    public static final String CATALOG = "course-catalog-info-changed";
    public static final String XBLOCKS = "course-authoring-xblock-lifecycle";
    public static final String COURSES = "course-authoring-course-lifecycle";
    public static final String CAPTURED = "lms.openedx.";
    public static final String CAPTURED_COMPLETIONS = "lms.openedx.completion_blockcompletion";
    public static final String COMPLETION = "edx.completion.block_completion.changed";

    private static final String TRACKING_TYPE = "org.openedx.analytics.tracking.event.emitted.v1";
    private static final List<String> TABLES = List.of("completion_blockcompletion", "student_courseenrollment", "auth_user",
            "course_groups_courseusergroup", "course_groups_cohortmembership",
            "course_groups_courseusergrouppartitiongroup", "student_courseaccessrole", "courseware_studentmodule",
            "user_api_usercoursetag", "course_overviews_courseoverview");
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaProducer<byte[], byte[]> producer;
    private final Admin admin;
    private final String group;
    private final String prefix;

    public Lms() {
        this("completion-aggregator");
    }

    public Lms(String group) {
        this(group, "");
    }

    /** For a service that reads as the given group, from topics with the given prefix. */
    public Lms(String group, String prefix) {
        var servers = EmbeddedServices.start().bootstrapServers();
        this.group = group;
        this.prefix = prefix;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "linger.ms", "5", "max.request.size", "16777216"),
                new ByteArraySerializer(), new ByteArraySerializer());
        admin = Admin.create(Map.of("bootstrap.servers", servers));
    }

    /** Sends any record with the headers of the event bus. */
    public void send(String topic, String type, String key, String value) {
        var message = new ProducerRecord<byte[], byte[]>(topic(topic), bytes(key), bytes(value));
        message.headers().add("ce_type", bytes(type)).add("content-type", bytes("application/json"));
        send(message);
    }

    /** Sends a record as it is. */
    public void send(ProducerRecord<byte[], byte[]> message) {
        producer.send(message);
    }

    /** A completion as the event bus carries it. */
    public void complete(long userId, String course, String block, double completion, String modified) {
        send(ANALYTICS, TRACKING_TYPE, COMPLETION, completionEvent(userId, course, block, completion, modified));
    }

    public static String completionEvent(long userId, String course, String block, double completion, String modified) {
        var data = json(Map.of("user_id", userId, "course_id", course, "block_id", block, "completion", completion,
                "modified", modified, "created", modified, "block_type", "any"));
        return json(Map.of("tracking_log",
                Map.of("name", COMPLETION, "timestamp", modified, "data", data, "context", "{}")));
    }

    public void enroll(long userId, String username, String course) {
        enrollment(userId, username, course, true, Instant.now());
    }

    public void unenroll(long userId, String username, String course) {
        enrollment(userId, username, course, false, Instant.now());
    }

    public void enrollment(long userId, String username, String course, boolean active, Instant at) {
        var value = json(Map.of("enrollment", Map.of("user", user(userId, username),
                "course", Map.of("course_key", course, "display_name", "Any"), "mode", "audit", "is_active", active)));
        var message = new ProducerRecord<byte[], byte[]>(topic(ENROLLMENTS), bytes(course), bytes(value));
        message.headers()
                .add("ce_type", bytes("org.openedx.learning.course.enrollment.changed.v1"))
                .add("content-type", bytes("application/json"))
                .add("ce_time", bytes(at.toString()));
        send(message);
    }

    /** Puts a learner into a cohort, and takes them out of the one they were in. */
    public void join(long userId, String username, String course, String cohort, Instant at) {
        var value = json(Map.of("cohort",
                Map.of("user", user(userId, username), "course", Map.of("course_key", course), "name", cohort)));
        var message = new ProducerRecord<byte[], byte[]>(topic(COHORTS), bytes(course), bytes(value));
        message.headers()
                .add("ce_type", bytes("org.openedx.learning.cohort_membership.changed.v1"))
                .add("content-type", bytes("application/json"))
                .add("ce_time", bytes(at.toString()));
        send(message);
    }

    public void register(long userId, String username) {
        send(USERS, "org.openedx.learning.student.registration.completed.v1", username,
                json(Map.of("user", user(userId, username))));
    }

    /** A deletion as Debezium captures it. */
    public void delete(long userId, String course, String block, Instant at) {
        var before = Map.of("user_id", userId, "course_key", course, "block_key", block, "completion", 1.0, "modified",
                1_000_000_000_000_000L);
        var value = json(Map.of("before", before, "op", "d", "source", Map.of("ts_ms", at.toEpochMilli())));
        send(new ProducerRecord<>(topic(CAPTURED_COMPLETIONS), bytes("{\"id\":1}"), bytes(value)));
    }

    /** A change of a row of a table as Debezium captures it; null is a tombstone. */
    public void capture(String table, String value) {
        send(new ProducerRecord<>(topic(CAPTURED + table), bytes("{\"id\":1}"), bytes(value)));
    }

    /** Waits until the service has taken in everything sent so far. */
    public void awaitIngested() {
        producer.flush();
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> {
                    long lag = lag();
                    if (lag > 0) {
                        throw new AssertionError(lag + " records are not taken in yet");
                    }
                });
    }

    /** How many records the service has not committed yet. */
    public long lag() {
        try {
            var committed = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
            return ends(partitions()).entrySet().stream()
                    .mapToLong(end -> end.getValue()
                            - (committed.get(end.getKey()) == null ? 0 : committed.get(end.getKey()).offset()))
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** What a topic is called with the prefix. */
    public String topic(String name) {
        return prefix + name;
    }

    /** How many records the broker has of all that was sent. */
    public long records() {
        try {
            return ends(partitions()).values().stream().mapToLong(Long::longValue).sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** The topics events are sent to. */
    public List<String> topics() {
        return Stream.concat(Stream.of(ANALYTICS, ENROLLMENTS, USERS, COHORTS, ROLES, CATALOG, XBLOCKS, COURSES),
                TABLES.stream().map(table -> CAPTURED + table)).map(this::topic).toList();
    }

    /** Returns when the broker has all that was sent. */
    public void flush() {
        producer.flush();
    }

    private List<TopicPartition> partitions() throws InterruptedException, ExecutionException {
        var topics = admin.listTopics().names().get().stream().filter(this::isOurs).toList();
        return admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(info -> new TopicPartition(topic.name(), info.partition())))
                .toList();
    }

    private Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
            throws InterruptedException, ExecutionException {
        var latest = partitions.stream().collect(Collectors.toMap(it -> it, it -> OffsetSpec.latest()));
        return admin.listOffsets(latest).all().get().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private boolean isOurs(String topic) {
        return topics().contains(topic);
    }

    private static Map<String, Object> user(long userId, String username) {
        return Map.of("id", userId, "is_active", true,
                "pii", Map.of("username", username, "email", username + "@example.com", "name", "Any Name"));
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
