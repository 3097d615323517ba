package org.openedx.aggregator.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.openedx.aggregator.dev.EmbeddedServices;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.ServiceProcess;
import org.openedx.aggregator.support.Sql;

/** The packaged service as the migration job and as a replica that waits for it, on an empty database of their own. */
@DisabledIfSystemProperty(named = "native", matches = ".*", disabledReason = "A native build makes no jars")
class SchemaIT {

    private static final Path LOGS = Path.of("target", "schema");

    private final String name = "schema_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    private final Sql server = Database.sql();

    @BeforeEach
    void create() {
        server.rows("CREATE DATABASE " + name);
    }

    @AfterEach
    void drop() {
        server.rows("DROP DATABASE " + name);
    }

    @Test
    void the_job_migrates_and_ends() throws IOException {
        // When
        try (var job = job()) {
            // Then
            assertThat(job.awaitEnd(Duration.ofSeconds(60))).hasValue(0);
            assertThat(own().number("SELECT COUNT(*) FROM flyway_schema_history WHERE success = 1")).isPositive();
        }
    }

    @Test
    void a_replica_waits_for_the_job() throws IOException {
        // Given
        try (var replica = ServiceProcess.start(settings(), Map.of("QUARKUS_FLYWAY_MIGRATE_AT_START", "false"),
                LOGS.resolve("replica.log"))) {
            Awaitility.await().during(Duration.ofSeconds(6)).atMost(Duration.ofSeconds(12))
                    .until(() -> status(replica.at("/q/health/started")) == 0);

            // When
            try (var job = job()) {
                assertThat(job.awaitEnd(Duration.ofSeconds(60))).hasValue(0);
            }

            // Then
            Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> status(replica.at("/q/health/ready")) == 200);
            // A backup of an older release comes back.
            own().rows("DELETE FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1");
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> status(replica.at("/q/health/ready")) == 503);
        }
    }

    private ServiceProcess job() {
        return ServiceProcess.start(settings(),
                Map.of("QUARKUS_PROFILE", "prod,migrate", "QUARKUS_FLYWAY_MIGRATE_AT_START", "false"), LOGS.resolve("job.log"));
    }

    private Map<String, String> settings() {
        var settings = new HashMap<>(EmbeddedServices.start().properties());
        settings.replaceAll((key, value) -> key.endsWith(".url") ? inOwnDatabase(value) : value);
        settings.put("mp.messaging.incoming.events.group.id", name);
        return settings;
    }

    private Sql own() {
        return new Sql(inOwnDatabase(server.jdbcUrl()), server.user(), server.password());
    }

    private String inOwnDatabase(String url) {
        return url.replaceFirst("(//[^/]+/)[^?]+", "$1" + name);
    }

    private static int status(URI address) throws IOException {
        var connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(2000);
        connection.setReadTimeout(5000);
        try {
            return connection.getResponseCode();
        } catch (IOException nobodyThere) {
            return 0;
        } finally {
            connection.disconnect();
        }
    }
}
