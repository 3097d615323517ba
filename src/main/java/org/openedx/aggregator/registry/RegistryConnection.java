package org.openedx.aggregator.registry;

import static jakarta.ws.rs.core.Response.Status.Family.SUCCESSFUL;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Uni;

/** Asks the registry; whatever is not an answer a registry gives is a {@link SchemaRegistryException}. */
class RegistryConnection {

    // Every 404 of the registry itself has a code such as 40403; another 404 comes from a proxy or from a wrong path.
    private static final int FIRST_UNKNOWN = 40400;
    private static final int LAST_UNKNOWN = 40499;

    private final Optional<URI> url;
    private final Optional<SchemaRegistryClient> client;
    private final String authorization;
    private final ObjectMapper json;

    RegistryConnection(SchemaRegistryConfig config, ObjectMapper json) {
        this.json = json;
        url = config.url();
        client = url.map(address -> client(address, config));
        authorization = config.username()
                .map(name -> basic(name + ":" + config.password().orElse("")))
                .orElse(null);
    }

    /** A schema and its kind; empty if the registry does not know the id. */
    Uni<Optional<JsonNode>> schema(int id) {
        return ask("Schema " + id, "give schema " + id, registry -> registry.schema(id, authorization))
                .map(answer -> answer.path("schema").isTextual() ? Optional.of(answer) : Optional.empty());
    }

    /** The id of a schema, which it gets now if it has none. */
    Uni<Integer> register(String subject, String schema) {
        var body = json.valueToTree(Map.of("schema", schema)).toString();
        return ask("An id for " + subject, "take the schema of " + subject,
                registry -> registry.register(subject, body, authorization))
                .map(answer -> id(answer, subject));
    }

    private static int id(JsonNode answer, String subject) {
        if (!answer.path("id").isInt()) {
            throw new SchemaRegistryException("The schema registry gives no id for the schema of " + subject);
        }
        return answer.path("id").asInt();
    }

    private Uni<JsonNode> ask(String what, String task, Function<SchemaRegistryClient, Uni<Response>> question) {
        if (client.isEmpty()) {
            return Uni.createFrom()
                    .failure(new SchemaRegistryException(what + " is needed and aggregator.registry.url is not set"));
        }
        return question.apply(client.get())
                .onFailure(WebApplicationException.class)
                .recoverWithItem(WebApplicationException::getResponse)
                .map(this::answer)
                .onFailure()
                .transform(failure -> unavailable(task, failure));
    }

    private JsonNode answer(Response response) {
        var answer = parsed(response.readEntity(String.class));
        boolean given = response.getStatusInfo().getFamily() == SUCCESSFUL && (answer.has("schema") || answer.has("id"));
        boolean unknown = response.getStatus() == Response.Status.NOT_FOUND.getStatusCode() && saysUnknown(answer);
        if (!given && !unknown) {
            throw new SchemaRegistryException("it answers with status " + response.getStatus());
        }
        return answer;
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

    private SchemaRegistryException unavailable(String task, Throwable failure) {
        return new SchemaRegistryException("Schema registry " + url.map(URI::getHost).orElse("") + " does not " + task + ": "
                + failure.getMessage(), failure);
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
