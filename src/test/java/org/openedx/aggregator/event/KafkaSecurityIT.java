package org.openedx.aggregator.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openedx.aggregator.dev.EmbeddedServices;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.Lms;
import org.openedx.aggregator.support.SecureKafka;
import org.openedx.aggregator.support.ServiceProcess;

/** The packaged service with the variables of src/docs/kafka-security.md, before a broker that insists on them. */
class KafkaSecurityIT {

    private static final String COURSE = "course-v1:Secure+Kafka+1";

    @TempDir
    static Path directory;

    private static SecureKafka kafka;

    @BeforeAll
    static void start() {
        kafka = new SecureKafka(directory);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void it_reads_with_a_password_over_tls() {
        // Given
        var settings = Map.of(
                "kafka.bootstrap.servers", kafka.passwordServers(),
                "kafka.security.protocol", "SASL_SSL",
                "kafka.sasl.mechanism", "PLAIN",
                "kafka.sasl.jaas.config", SecureKafka.login(),
                "kafka.ssl.truststore.type", "PEM",
                "kafka.ssl.truststore.location", kafka.broker().certificate().toString());

        // When
        enroll(8_700_001);

        // Then
        assertEnrolled(8_700_001, settings);
    }

    @Test
    void it_reads_with_a_certificate_of_its_own() {
        // Given
        var settings = Map.of(
                "kafka.bootstrap.servers", kafka.certificateServers(),
                "kafka.security.protocol", "SSL",
                "kafka.tls-configuration-name", "kafka",
                "quarkus.tls.kafka.trust-store.pem.certs", kafka.broker().certificate().toString(),
                "quarkus.tls.kafka.key-store.pem.own.cert", kafka.client().certificate().toString(),
                "quarkus.tls.kafka.key-store.pem.own.key", kafka.client().key().toString());

        // When
        enroll(8_700_002);

        // Then
        assertEnrolled(8_700_002, settings);
    }

    private static void enroll(long learner) {
        var value = """
                {"enrollment": {"user": {"id": %1$d, "is_active": true, "pii": {"username": "secure%1$d"}},
                 "course": {"course_key": "%2$s"}, "mode": "audit", "is_active": true}}""".formatted(learner, COURSE);
        var message = new ProducerRecord<byte[], byte[]>(Lms.ENROLLMENTS, bytes(COURSE), bytes(value));
        message.headers()
                .add("ce_type", bytes("org.openedx.learning.course.enrollment.changed.v1"))
                .add("content-type", bytes("application/json"))
                .add("ce_time", bytes(Instant.now().toString()));
        kafka.send(message);
    }

    private static void assertEnrolled(long learner, Map<String, String> security) {
        var settings = new HashMap<>(EmbeddedServices.start().properties());
        settings.remove("kafka.bootstrap.servers");
        settings.put("mp.messaging.incoming.events.group.id", "secure" + learner);
        try (var service = ServiceProcess.start(settings, environment(security),
                Path.of("target", "secure", learner + ".log"))) {
            service.awaitLive();
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(enrollments(learner)).isOne());
        }
    }

    private static Map<String, String> environment(Map<String, String> settings) {
        return settings.entrySet().stream()
                .collect(Collectors.toMap(setting -> variable(setting.getKey()), Map.Entry::getValue));
    }

    private static String variable(String name) {
        return name.replaceAll("[^a-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static long enrollments(long learner) {
        return Database.number("SELECT COUNT(*) FROM enrollment WHERE learner_id = ?", learner);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
