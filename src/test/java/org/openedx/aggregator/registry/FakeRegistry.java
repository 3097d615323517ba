package org.openedx.aggregator.registry;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.smallrye.mutiny.Uni;

/** A registry in memory that remembers what it was asked for. */
public class FakeRegistry extends SchemaRegistry {

    private final Map<Integer, String> registered = new HashMap<>();
    private final Set<Integer> loaded = new HashSet<>();

    public FakeRegistry() {
        super(settings(Optional.empty(), Optional.empty(), Duration.ofSeconds(1)), new ObjectMapper());
    }

    static SchemaRegistryConfig settings(Optional<URI> url, Optional<String> username, Duration timeout) {
        return new SchemaRegistryConfig() {
            @Override
            public Optional<URI> url() {
                return url;
            }

            @Override
            public Optional<String> username() {
                return username;
            }

            @Override
            public Optional<String> password() {
                return Optional.of("s3cret");
            }

            @Override
            public Duration connectTimeout() {
                return timeout;
            }

            @Override
            public Duration timeout() {
                return timeout;
            }
        };
    }

    public FakeRegistry with(int id, String schema) {
        registered.put(id, schema);
        return this;
    }

    public Set<Integer> loaded() {
        return loaded;
    }

    @Override
    public Uni<Void> load(Collection<Integer> ids) {
        loaded.addAll(ids);
        return Uni.createFrom().voidItem();
    }

    @Override
    public boolean has(int id) {
        return loaded.contains(id);
    }

    @Override
    public String avro(int id) {
        if (!loaded.contains(id) || !registered.containsKey(id)) {
            throw new UnusableSchemaException("Unknown schema id " + id);
        }
        return registered.get(id);
    }
}
