package org.openedx.aggregator.schema;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who migrates the database, and how long the others wait. */
@ConfigMapping(prefix = "aggregator.schema")
interface SchemaConfig {

    /** Whether this process migrates and ends, as the profile {@code migrate} has it: it reads, serves and sends nothing. */
    @WithDefault("false")
    boolean migrateOnly();

    /**
     * How long the start waits for another process to migrate; then this one ends with an error. Of importance only where
     * {@code quarkus.flyway.migrate-at-start} is false. An orchestrator must be more patient than that. With {@code 0s} it
     * starts
     * whatever it finds, which is for training runs without a database.
     */
    @WithDefault("5m")
    Duration longestWait();

    /** How often it looks meanwhile. */
    @WithDefault("2s")
    Duration every();
}
