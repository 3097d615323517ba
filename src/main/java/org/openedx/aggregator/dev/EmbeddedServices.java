package org.openedx.aggregator.dev;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The MariaDB and the Kafka of this JVM. Started by whoever asks first; live reloads, further tests and other class
 * loaders get the same two servers, which listen on 127.0.0.1 only and vanish with their data when the JVM ends.
 *
 * <p>
 * The environment variables {@value #DATABASE_VARIABLE} (such as {@code mysql://user:password@host:3306/name}) and
 * {@value #KAFKA_VARIABLE} (such as {@code host:9092}) name servers to use instead.
 */
public final class EmbeddedServices {

    static final String DATABASE_VARIABLE = "AGGREGATOR_EMBEDDED_DATABASE_URL";
    static final String KAFKA_VARIABLE = "AGGREGATOR_EMBEDDED_KAFKA";

    // A constant string is one object for all class loaders of a JVM, a class is not.
    private static final Object JVM = "org.openedx.aggregator.dev.EmbeddedServices";

    private final DatabaseAddress database;
    private final String bootstrapServers;

    private EmbeddedServices(DatabaseAddress database, String bootstrapServers) {
        this.database = database;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * The running servers, started if they were not. Takes some seconds the first time, and a minute more when MariaDB
     * has to be unpacked for this user.
     *
     * @throws IllegalStateException if a server does not start
     */
    public static EmbeddedServices start() {
        synchronized (JVM) {
            var ownKafka = unlessGiven(KAFKA_VARIABLE, EmbeddedKafka::ofThisJvm);
            var kafkaStarted = ownKafka.map(EmbeddedKafka::start);
            var ownDatabase = unlessGiven(DATABASE_VARIABLE, EmbeddedMariaDb::ofThisJvm);
            ownDatabase.ifPresent(EmbeddedMariaDb::start);
            kafkaStarted.ifPresent(started -> started.join());
            return new EmbeddedServices(
                    ownDatabase.map(EmbeddedMariaDb::address).orElseGet(EmbeddedServices::givenDatabase),
                    ownKafka.map(EmbeddedKafka::bootstrapServers).orElseGet(() -> System.getenv(KAFKA_VARIABLE)));
        }
    }

    private static <T> Optional<T> unlessGiven(String variable, Supplier<T> own) {
        return System.getenv(variable) == null ? Optional.of(own.get()) : Optional.empty();
    }

    private static DatabaseAddress givenDatabase() {
        return DatabaseAddress.of(URI.create(System.getenv(DATABASE_VARIABLE)));
    }

    /** The database as Flyway reaches it. */
    public String jdbcUrl() {
        // The driver's own traces do not find their way through the class loaders of dev mode and tests.
        return "jdbc:" + database.url() + "?openTelemetry=DISABLED";
    }

    /** The database as the reactive client reaches it. */
    public String reactiveUrl() {
        return database.url();
    }

    /** The database user, who may do everything on an embedded server. */
    public String user() {
        return database.user();
    }

    /** The password of {@link #user()}. */
    public String password() {
        return database.password();
    }

    /** The broker, as {@code host:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * The process of the embedded MariaDB, whose CPU time can be measured.
     *
     * @throws IllegalStateException if the database is not embedded
     */
    public long databasePid() {
        return EmbeddedMariaDb.started().pid();
    }

    /** Ends MariaDB as an orderly restart would: what was committed is there after {@link #startDatabase()}. */
    public void stopDatabase() {
        EmbeddedMariaDb.started().stop();
    }

    /** Starts a stopped MariaDB again, on the same port and data. */
    public void startDatabase() {
        EmbeddedMariaDb.started().start();
    }

    /** Ends the broker. */
    public void stopKafka() {
        EmbeddedKafka.started().stop();
    }

    /** Starts a stopped broker again, on the same port and data. */
    public void startKafka() {
        EmbeddedKafka.started().start().join();
    }

    /** The Quarkus settings that lead a service to these servers, and make it trust the tokens of {@link DevKeys}. */
    public Map<String, String> properties() {
        return Map.of(
                "quarkus.datasource.jdbc.url", jdbcUrl(),
                "quarkus.datasource.reactive.url", reactiveUrl(),
                "quarkus.datasource.username", user(),
                "quarkus.datasource.password", password(),
                "kafka.bootstrap.servers", bootstrapServers(),
                "aggregator.auth.issuers", DevKeys.ISSUER,
                "aggregator.auth.jwk-set", DevKeys.jwkSet(),
                "aggregator.artifact.link-secrets", DevKeys.linkSecret());
    }
}
