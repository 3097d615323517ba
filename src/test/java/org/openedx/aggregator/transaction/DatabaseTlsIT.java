package org.openedx.aggregator.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.openedx.aggregator.dev.EmbeddedServices;
import org.openedx.aggregator.support.Certificate;
import org.openedx.aggregator.support.ServiceProcess;
import org.openedx.aggregator.support.Sql;

/** The packaged service with the variables of src/docs/operate.md, before a database that insists on TLS. */
@DisabledIfEnvironmentVariable(named = "AGGREGATOR_EMBEDDED_DATABASE_URL", matches = ".+", disabledReason = "not ours to stop")
class DatabaseTlsIT {

    private static final String ARGUMENTS = "aggregator.embedded.mariadb.args";
    private static final String NAME = "tls" + ProcessHandle.current().pid();
    private static final String PASSWORD = "password-of-who-must-use-tls";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    static Path directory;

    private static EmbeddedServices services;
    private static Certificate certificate;

    @BeforeAll
    static void insist() {
        services = EmbeddedServices.start();
        certificate = Certificate.create(directory, "database");
        restart("--ssl --ssl-cert=" + certificate.certificate() + " --ssl-key=" + certificate.key());
        sql().rows("CREATE DATABASE " + NAME + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        sql().rows("CREATE USER " + NAME + " IDENTIFIED BY '" + PASSWORD + "' REQUIRE SSL");
        sql().rows("GRANT ALL ON " + NAME + ".* TO " + NAME);
    }

    @AfterAll
    static void asBefore() {
        sql().rows("DROP USER " + NAME);
        sql().rows("DROP DATABASE " + NAME);
        restart("");
    }

    private static void restart(String arguments) {
        services.stopDatabase();
        System.setProperty(ARGUMENTS, arguments);
        services.startDatabase();
    }

    @Test
    void it_speaks_tls_to_a_database_it_knows() {
        try (var service = start("known", certificate)) {
            // When
            service.awaitLive();

            // Then
            Awaitility.await().atMost(PATIENCE).until(() -> service.get("/q/health/ready").isPresent());
            assertThat(sql().rows("SELECT id FROM information_schema.processlist WHERE user = ?", NAME)).isNotEmpty();
        }
    }

    @Test
    void it_tells_nothing_to_one_it_does_not_know() {
        // Given
        var other = Certificate.create(directory, "other");

        try (var service = start("unknown", other)) {
            // When
            var exitCode = service.awaitEnd(PATIENCE);

            // Then
            assertThat(exitCode).hasValue(1);
        }
    }

    private static ServiceProcess start(String name, Certificate trusted) {
        var settings = new HashMap<>(services.properties());
        settings.keySet().removeIf(setting -> setting.startsWith("quarkus.datasource"));
        settings.put("mp.messaging.incoming.events.group.id", NAME + name);
        var variables = Map.of(
                "QUARKUS_DATASOURCE_USERNAME", NAME,
                "QUARKUS_DATASOURCE_PASSWORD", PASSWORD,
                "QUARKUS_DATASOURCE_REACTIVE_URL", own(services.reactiveUrl()),
                "QUARKUS_DATASOURCE_REACTIVE_MYSQL_SSL_MODE", "verify-identity",
                "QUARKUS_DATASOURCE_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM", "HTTPS",
                "QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM", "true",
                "QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS", trusted.certificate().toString(),
                "QUARKUS_DATASOURCE_JDBC_URL", own(services.jdbcUrl())
                        + "?sslMode=VERIFY_IDENTITY&trustCertificateKeyStoreType=PKCS12&trustCertificateKeyStoreUrl=file:"
                        + trusted.trustStore() + "&trustCertificateKeyStorePassword=" + Certificate.PASSWORD);
        return ServiceProcess.start(settings, variables, Path.of("target", "secure", NAME + name + ".log"));
    }

    private static String own(String url) {
        return url.replaceFirst("/[^/]*$", "/" + NAME);
    }

    private static Sql sql() {
        return new Sql(services.jdbcUrl(), services.user(), services.password());
    }
}
