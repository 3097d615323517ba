package org.openedx.aggregator.event;

import static jakarta.ws.rs.core.Response.Status.Family.SUCCESSFUL;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The schemas events were written with, by id. What an id means never changes, so each is asked for once; an id the
 * registry does not know is asked for again with the next batch, for it may have been registered by then.
 */
@ApplicationScoped
class SchemaRegistry {

    private static final int PARALLEL_REQUESTS = 4;

    // Every 404 of the registry itself has a code such as 40403; another 404 comes from a proxy or from a wrong path.
    private static final int FIRST_UNKNOWN = 40400;
    private static final int LAST_UNKNOWN = 40499;

    private final Map<Integer, JsonNode> schemas = new ConcurrentHashMap<>();
    private final Optional<URI> url;
    private final Optional<SchemaRegistryClient> client;
    private final String authorization;
    private final ObjectMapper json;

    SchemaRegistry(SchemaRegistryConfig config, ObjectMapper json) {
        this.json = json;
        url = config.url();
        client = url.map(address -> client(address, config));
        authorization = config.username()
                .map(name -> basic(name + ":" + config.password().orElse("")))
                .orElse(null);
    }

    /**
     * Asks for schemas; afterwards all are here that the registry knows.
     *
     * @throws SchemaRegistryException (as failure) if it does not answer as a registry should
     */
    Uni<Void> load(Collection<Integer> ids) {
        return Multi.createFrom()
                .iterable(ids)
                .onItem()
                .transformToUni(this::load)
                .merge(PARALLEL_REQUESTS)
                .onItem()
                .ignoreAsUni();
    }

    /** The same for those of them that are not here. */
    Uni<Void> loadMissing(Stream<Integer> ids) {
        var missing = ids.filter(id -> !has(id)).collect(Collectors.toSet());
        return missing.isEmpty() ? Uni.createFrom().voidItem() : load(missing);
    }

    boolean has(int id) {
        return schemas.containsKey(id);
    }

    /**
     * A loaded schema.
     *
     * @throws UnreadableEventException if the registry does not know it or it is not Avro
     */
    String avro(int id) {
        var answer = schemas.get(id);
        if (answer == null) {
            throw new UnreadableEventException("Unknown schema id " + id);
        }
        // The kind is only told where it is not Avro.
        var type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new UnreadableEventException("Schema " + id + " is not Avro but " + type);
        }
        return answer.path("schema").asText();
    }

    private Uni<Void> load(int id) {
        if (client.isEmpty()) {
            return Uni.createFrom().failure(new SchemaRegistryException(
                    "Schema " + id + " is needed and aggregator.registry.url is not set"));
        }
        return client.get().schema(id, authorization)
                .onFailure(WebApplicationException.class)
                .recoverWithItem(WebApplicationException::getResponse)
                .invoke(response -> take(id, response))
                .onFailure()
                .transform(failure -> unavailable(id, failure))
                .replaceWithVoid();
    }

    private void take(int id, Response response) {
        var text = response.readEntity(String.class);
        var answer = parsed(text);
        if (response.getStatusInfo().getFamily() == SUCCESSFUL && answer.path("schema").isTextual()) {
            schemas.put(id, answer);
        } else if (response.getStatus() != Response.Status.NOT_FOUND.getStatusCode() || !saysUnknown(answer)) {
            throw new SchemaRegistryException("it answers with status " + response.getStatus());
        }
    }

    private static boolean saysUnknown(JsonNode answer) {
        int code = answer.path("error_code").asInt();
        return code >= FIRST_UNKNOWN && code <= LAST_UNKNOWN;
    }

    private JsonNode parsed(String text) {
        try {
            return json.readTree(text == null ? "" : text);
        } catch (JsonProcessingException e) {
            return json.missingNode();
        }
    }

    private SchemaRegistryException unavailable(int id, Throwable failure) {
        return new SchemaRegistryException("Schema registry " + url.map(URI::getHost).orElse("") + " does not give schema "
                + id + ": " + failure.getMessage(), failure);
    }

    private static SchemaRegistryClient client(URI url, SchemaRegistryConfig config) {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(url)
                .connectTimeout(config.connectTimeout().toMillis(), MILLISECONDS)
                .readTimeout(config.timeout().toMillis(), MILLISECONDS)
                .build(SchemaRegistryClient.class);
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
