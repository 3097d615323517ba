package org.openedx.aggregator.registry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.quarkus.test.junit.QuarkusTest;

/** Against a server that answers whatever it is told; the real one has its part in EventBusTest. */
@QuarkusTest
class SchemaRegistryTest {

    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status = 200;
    private volatile String body = "{\"schema\": \"\\\"string\\\"\"}";
    private volatile Duration delay = Duration.ZERO;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(2));
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_schema_is_asked_for_once() {
        // Given
        var registry = registry("", Optional.empty());

        // When
        load(registry, 7, 8);
        load(registry, 7, 8);

        // Then
        assertThat(registry.avro(7)).isEqualTo("\"string\"");
        assertThat(registry.has(8)).isTrue();
        assertThat(requests).containsExactlyInAnyOrder("GET /schemas/ids/7 null", "GET /schemas/ids/8 null");
    }

    @Test
    void a_path_before_the_api_is_kept() {
        // When
        load(registry("/apis/ccompat/v7", Optional.empty()), 7);

        // Then
        assertThat(requests).containsExactly("GET /apis/ccompat/v7/schemas/ids/7 null");
    }

    @Test
    void name_and_password_are_sent() {
        // When
        load(registry("", Optional.of("key")), 7);

        // Then
        assertThat(requests).containsExactly("GET /schemas/ids/7 Basic a2V5OnMzY3JldA==");
    }

    @Test
    void an_unknown_schema_is_no_failure_and_is_asked_for_again() {
        // Given
        var registry = registry("", Optional.empty());
        status = 404;
        body = "{\"error_code\": 40403, \"message\": \"Schema 17 not found\"}";

        // When
        load(registry, 17);
        load(registry, 17);

        // Then
        assertThat(requests).hasSize(2);
        assertThatThrownBy(() -> registry.avro(17)).isInstanceOf(UnusableSchemaException.class)
                .hasMessage("Unknown schema id 17");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "500 | {\"error_code\": 50001}",
            "503 | ",
            "401 | {\"error_code\": 401}",
            "429 | slow down",
            "404 | <html>No such page</html>",
            "404 | {\"error_code\": 404, \"message\": \"HTTP 404 Not Found\"}",
            "302 | ",
            "200 | <html>Log in</html>",
            "200 | {}" })
    void any_other_answer_is_a_failure(int answered, String with) {
        // Given
        var registry = registry("", Optional.empty());
        status = answered;
        body = with == null ? "" : with;

        // Then
        assertThatThrownBy(() -> load(registry, 7)).isInstanceOf(SchemaRegistryException.class)
                .hasMessageContaining("schema 7")
                .hasMessageContaining(String.valueOf(answered));
        assertThat(registry.has(7)).isFalse();
    }

    @Test
    void a_registry_that_hangs_is_a_failure() {
        // Given
        delay = TIMEOUT.multipliedBy(3);

        // Then
        assertThatThrownBy(() -> load(registry("", Optional.empty()), 7)).isInstanceOf(SchemaRegistryException.class);
    }

    @Test
    void a_registry_that_is_not_there_is_a_failure() {
        // Given
        var registry = registry("", Optional.empty());
        server.stop(0);

        // Then
        assertThatThrownBy(() -> load(registry, 7)).isInstanceOf(SchemaRegistryException.class);
    }

    @Test
    void without_an_address_events_wait_for_one() {
        // Given
        var settings = FakeRegistry.settings(Optional.empty(), Optional.empty(), TIMEOUT);

        // Then
        assertThatThrownBy(() -> load(new SchemaRegistry(settings, new ObjectMapper()), 7))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageContaining("aggregator.registry.url is not set");
    }

    @Test
    void a_schema_of_another_kind_is_refused() {
        // Given
        var registry = registry("", Optional.empty());
        body = "{\"schemaType\": \"PROTOBUF\", \"schema\": \"syntax\"}";

        // When
        load(registry, 7);

        // Then
        assertThatThrownBy(() -> registry.avro(7)).isInstanceOf(UnusableSchemaException.class)
                .hasMessage("Schema 7 is not Avro but PROTOBUF");
    }

    @Test
    void a_schema_is_registered_once() {
        // Given
        var registry = registry("/apis/ccompat/v7", Optional.of("key"));
        body = "{\"id\": 12}";

        // When
        int first = register(registry, "topic-record");
        int second = register(registry, "topic-record");

        // Then
        assertThat(List.of(first, second)).containsExactly(12, 12);
        assertThat(requests).containsExactly("POST /apis/ccompat/v7/subjects/topic-record/versions Basic a2V5OnMzY3JldA==");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "500 | {\"error_code\": 50001}",
            "409 | {\"error_code\": 409}",
            "404 | {\"error_code\": 40401}",
            "200 | {}" })
    void a_schema_without_an_id_is_a_failure(int answered, String with) {
        // Given
        var registry = registry("", Optional.empty());
        status = answered;
        body = with;

        // Then
        assertThatThrownBy(() -> register(registry, "topic-record")).isInstanceOf(SchemaRegistryException.class)
                .hasMessageContaining("topic-record");
    }

    @Test
    void its_api_is_not_offered_by_us() {
        given().get("/schemas/ids/7").then().statusCode(404);
        given().get("/q/openapi").then().statusCode(200).body(not(containsString("schemas/ids")));
    }

    private SchemaRegistry registry(String path, Optional<String> username) {
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return new SchemaRegistry(FakeRegistry.settings(Optional.of(url), username, TIMEOUT), new ObjectMapper());
    }

    private static int register(SchemaRegistry registry, String subject) {
        return registry.register(subject, "\"string\"").await().atMost(Duration.ofSeconds(10));
    }

    private static void load(SchemaRegistry registry, Integer... ids) {
        var missing = List.of(ids).stream().filter(id -> !registry.has(id)).toList();
        registry.load(missing).await().atMost(Duration.ofSeconds(10));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            Thread.sleep(delay.toMillis());
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
