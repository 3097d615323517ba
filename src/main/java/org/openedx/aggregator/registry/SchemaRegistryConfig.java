package org.openedx.aggregator.registry;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The schema registry of the event bus, by the protocol of Confluent; needed where events come or go in Avro. */
@ConfigMapping(prefix = "aggregator.registry")
interface SchemaRegistryConfig {

    /**
     * The LMS's {@code EVENT_BUS_KAFKA_SCHEMA_REGISTRY_URL}, such as {@code http://schema-registry:8081}; a path in it is
     * kept, such as Apicurio's {@code /apis/ccompat/v7}. Without it, events in Avro wait.
     */
    Optional<URI> url();

    /** The LMS's {@code EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_KEY}; without it, no authentication. */
    Optional<String> username();

    /** The LMS's {@code EVENT_BUS_KAFKA_SCHEMA_REGISTRY_API_SECRET}. */
    Optional<String> password();

    /** How long a connection may take. */
    @WithDefault("2s")
    Duration connectTimeout();

    /** How long an answer may take; events wait that long for a registry that hangs, and then try again. */
    @WithDefault("5s")
    Duration timeout();
}
