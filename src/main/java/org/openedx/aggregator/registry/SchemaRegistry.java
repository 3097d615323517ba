package org.openedx.aggregator.registry;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The schemas events were written with, by id. What an id means never changes, so each is asked for once; an id the
 * registry does not know is asked for again with the next batch, for it may have been registered by then.
 */
@ApplicationScoped
public class SchemaRegistry {

    private static final int PARALLEL_REQUESTS = 4;

    private final Map<Integer, JsonNode> schemas = new ConcurrentHashMap<>();
    private final Map<String, Integer> registered = new ConcurrentHashMap<>();
    private final RegistryConnection connection;
    private final boolean configured;

    SchemaRegistry(SchemaRegistryConfig config, ObjectMapper json) {
        connection = new RegistryConnection(config, json);
        configured = config.url().isPresent();
    }

    /** Whether there is a registry to ask. */
    public boolean isConfigured() {
        return configured;
    }

    /**
     * Asks for schemas; afterwards all are here that the registry knows.
     *
     * @throws SchemaRegistryException (as failure) if it does not answer as a registry should
     */
    public Uni<Void> load(Collection<Integer> ids) {
        return Multi.createFrom()
                .iterable(ids)
                .onItem()
                .transformToUni(this::load)
                .merge(PARALLEL_REQUESTS)
                .onItem()
                .ignoreAsUni();
    }

    /** The same for those of them that are not here. */
    public Uni<Void> loadMissing(Stream<Integer> ids) {
        var missing = ids.filter(id -> !has(id)).collect(Collectors.toSet());
        return missing.isEmpty() ? Uni.createFrom().voidItem() : load(missing);
    }

    public boolean has(int id) {
        return schemas.containsKey(id);
    }

    /**
     * A loaded schema.
     *
     * @throws UnusableSchemaException if the registry does not know it or it is not Avro
     */
    public String avro(int id) {
        var answer = schemas.get(id);
        if (answer == null) {
            throw new UnusableSchemaException("Unknown schema id " + id);
        }
        // The kind is only told where it is not Avro.
        var type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UnusableSchemaException("Schema " + id + " is not Avro but " + type);
        }
        return answer.path("schema").asText();
    }

    /**
     * The id of a subject's schema, which is registered if it is new; a subject is asked for once, so it must always come
     * with the same schema.
     *
     * @throws SchemaRegistryException (as failure) if the registry gives no id
     */
    public Uni<Integer> register(String subject, String schema) {
        var known = Optional.ofNullable(registered.get(subject));
        return known.isPresent()
                ? Uni.createFrom().item(known.get())
                : connection.register(subject, schema).invoke(id -> registered.put(subject, id));
    }

    private Uni<Void> load(int id) {
        return connection.schema(id)
                .invoke(found -> take(id, found))
                .replaceWithVoid();
    }

    private void take(int id, Optional<JsonNode> found) {
        found.ifPresent(schema -> schemas.put(id, schema));
    }
}
