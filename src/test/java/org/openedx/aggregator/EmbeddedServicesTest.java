package org.openedx.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.openedx.aggregator.dev.EmbeddedServices;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

@QuarkusTest
class EmbeddedServicesTest {

    private static final String OTHER_DATABASE = "AGGREGATOR_EMBEDDED_DATABASE_URL";
    private static final String OTHER_KAFKA = "AGGREGATOR_EMBEDDED_KAFKA";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Pool pool;

    @Test
    void the_database_gives_back_what_was_written() {
        // Given
        run("CREATE TABLE IF NOT EXISTS round_trip (name VARCHAR(255) PRIMARY KEY)");

        // When
        pool.preparedQuery("REPLACE INTO round_trip VALUES (?), (?)")
                .execute(Tuple.of("straße", "STRASSE"))
                .await().atMost(PATIENCE);

        // Then
        assertThat(first("SELECT COUNT(*) FROM round_trip")).isEqualTo("2");
        run("DROP TABLE round_trip");
    }

    @Test
    @DisabledIfEnvironmentVariable(named = OTHER_DATABASE, matches = ".+")
    void the_database_compares_bytes_keeps_utc_and_isolates_as_the_pool_asks() {
        // When
        var settings = first("SELECT CONCAT_WS(' ', @@collation_database, @@time_zone, @@bind_address,"
                + " @@global.transaction_isolation, @@transaction_isolation)");

        // Then
        assertThat(settings).isEqualTo("utf8mb4_bin +00:00 127.0.0.1 REPEATABLE-READ READ-COMMITTED");
    }

    @Test
    void the_broker_delivers_what_was_sent() throws Exception {
        // Given
        var payload = "x".repeat(10 * 1024 * 1024);

        // When
        send("round-trip", payload);

        // Then
        assertThat(receive("round-trip")).containsExactly(payload);
    }

    @Test
    @DisabledIfEnvironmentVariable(named = OTHER_DATABASE, matches = ".+")
    void starting_again_gives_the_same_servers() {
        // Given
        var services = EmbeddedServices.start();

        // When
        var again = EmbeddedServices.start();

        // Then
        assertThat(again.properties()).isEqualTo(services.properties());
        assertThat(again.databasePid()).isEqualTo(services.databasePid());
    }

    @Test
    @DisabledIfEnvironmentVariable(named = OTHER_DATABASE, matches = ".+")
    void a_restarted_database_keeps_its_data() {
        // Given
        run("CREATE TABLE IF NOT EXISTS restart (id INT PRIMARY KEY)");
        var services = EmbeddedServices.start();
        var before = services.databasePid();

        // When
        services.stopDatabase();
        services.startDatabase();

        // Then
        assertThat(services.databasePid()).isNotEqualTo(before);
        assertThat(first("SELECT COUNT(*) FROM restart")).isEqualTo("0");
        run("DROP TABLE restart");
    }

    @Test
    @DisabledIfEnvironmentVariable(named = OTHER_KAFKA, matches = ".+")
    void a_restarted_broker_keeps_its_messages() throws Exception {
        // Given
        send("restart", "still here");
        var services = EmbeddedServices.start();

        // When
        services.stopKafka();
        services.startKafka();

        // Then
        assertThat(receive("restart")).containsExactly("still here");
    }

    private void run(String sql) {
        pool.query(sql).execute().await().atMost(PATIENCE);
    }

    private String first(String sql) {
        return String.valueOf(pool.query(sql).execute().await().atMost(PATIENCE).iterator().next().getValue(0));
    }

    private static void send(String topic, String payload) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", EmbeddedServices.start().bootstrapServers(),
                "max.request.size", 16 * 1024 * 1024);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, payload)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static List<String> receive(String topic) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", EmbeddedServices.start().bootstrapServers(),
                "auto.offset.reset", "earliest",
                "group.id", topic);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            return List.of(consumer.poll(PATIENCE).iterator().next().value());
        }
    }
}
