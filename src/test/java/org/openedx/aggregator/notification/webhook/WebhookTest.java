package org.openedx.aggregator.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.api.Caller;
import org.openedx.aggregator.dev.DevKeys;
import org.openedx.aggregator.notification.Courier;
import org.openedx.aggregator.support.Database;
import org.openedx.aggregator.support.NotificationProfile;
import org.openedx.aggregator.support.Receiver;
import org.openedx.aggregator.support.Receiver.Request;
import org.openedx.aggregator.support.Result;
import org.openedx.aggregator.support.ScriptedTask;
import org.openedx.aggregator.task.Requester;
import org.openedx.aggregator.task.TaskDriver;
import org.openedx.aggregator.task.TaskFailedException;
import org.openedx.aggregator.task.UserTasks;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

@QuarkusTest
@TestProfile(NotificationProfile.class)
class WebhookTest {

    private static final String WEBHOOKS = "/api/tasks/v0/webhooks/";

    private final Receiver receiver = new Receiver();

    @Inject
    UserTasks tasks;

    @Inject
    TaskDriver driver;

    @Inject
    Courier courier;

    @BeforeEach
    void nothing_is_left_of_other_tests() {
        for (var table : new String[] { "user_task_status", "user_task_artifact", "notification_delivery",
                "notification_preference", "notification_webhook" }) {
            Database.rows("DELETE FROM " + table);
        }
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void a_subscriber_is_told_and_can_check_who_tells() throws Exception {
        // Given
        var secret = subscribe(Caller.as("alice"), "").jsonPath().getString("secret");
        var task = failed("alice");

        // When
        courier.send();

        // Then
        assertThat(receiver.requests()).hasSize(1);
        var request = receiver.requests().get(0);
        var body = new JsonObject(request.body());
        assertThat(request.path()).isEqualTo("/hook?x=1");
        assertThat(request.signature()).isEqualTo(signature(secret, request));
        assertThat(Instant.ofEpochSecond(Long.parseLong(request.timestamp())))
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        assertThat(body.getString("type")).isEqualTo("task.failed");
        assertThat(body.getJsonObject("data").getString("uuid")).isEqualTo(task.toString());
        assertThat(body.getJsonObject("data").getString("state")).isEqualTo("Failed");
        assertThat(body.getJsonObject("data").getString("error")).isEqualTo("No such course.");
        assertThat(body.getJsonObject("data").getString("url"))
                .isEqualTo("https://tasks.example.org/api/tasks/v0/tasks/" + task + "/");
    }

    @Test
    void the_secret_is_shown_once_and_not_stored_as_it_is() {
        // Given
        var own = "whsec_" + Base64.getEncoder().encodeToString(new byte[24]);
        var created = subscribe(Caller.as("alice"), ", \"secret\": \"" + own + "\"");

        // When
        var shown = Caller.as("alice").get(WEBHOOKS + created.jsonPath().getString("uuid") + "/");

        // Then
        assertThat(created.jsonPath().getString("secret")).isEqualTo(own);
        shown.then().statusCode(200).body("secret", nullValue()).body("scope", is("own")).body("active", is(true));
        assertThat(Database.rows("SELECT secret FROM notification_webhook").get(0).get("secret").toString())
                .doesNotContain("whsec_", own);
    }

    @Test
    void subscribers_are_told_of_what_they_want_and_may_see() {
        // Given
        subscribe(Caller.as("alice"), ", \"states\": [\"Succeeded\"]");
        subscribe(Caller.as("alice"), ", \"actions\": [\"other\"]");
        subscribe(superuser(), ", \"scope\": \"all\"");
        failed("alice");
        succeeded("bob");

        // When
        courier.send();

        // Then
        assertThat(receiver.requests()).hasSize(2).allMatch(request -> request.body().contains("\"username\""));
        Caller.as("alice").contentType("application/json").body("{\"url\": \"https://example.org\", \"scope\": \"all\"}")
                .post(WEBHOOKS).then().statusCode(403);
    }

    @Test
    void what_is_not_taken_is_parked_seen_and_sent_again_under_the_same_id() {
        // Given
        var webhook = subscribe(Caller.as("alice"), "").jsonPath().getString("uuid");
        receiver.answers(500);
        succeeded("alice");
        awaitParked(1);
        var failures = Caller.as("alice").get(WEBHOOKS + webhook + "/failures/");
        var delivery = failures.jsonPath().getString("results[0].uuid");
        receiver.answers(200);

        // When
        Caller.as("alice").post(WEBHOOKS + webhook + "/failures/" + delivery + "/retry/").then().statusCode(202);
        courier.send();

        // Then
        failures.then().statusCode(200).body("count", is(1)).body("results[0].attempts", is(3))
                .body("results[0].failure", is("The receiver answered 500."))
                .body("results[0].payload.type", is("task.succeeded"));
        assertThat(receiver.requests()).hasSize(4).extracting(Request::id).containsOnly(delivery);
        Caller.as("alice").get(WEBHOOKS + webhook + "/failures/").then().body("count", is(0));
        Caller.as("alice").post(WEBHOOKS + webhook + "/failures/" + delivery + "/retry/").then().statusCode(404);
    }

    @Test
    void a_receiver_that_is_gone_is_left_alone() {
        // Given
        var webhook = subscribe(Caller.as("alice"), "").jsonPath().getString("uuid");
        receiver.answers(410);
        succeeded("alice");
        courier.send();

        // When
        succeeded("alice");
        courier.send();

        // Then
        assertThat(receiver.requests()).hasSize(1);
        Caller.as("alice").get(WEBHOOKS + webhook + "/").then().body("active", is(false));
    }

    @Test
    void a_redirect_is_not_followed() {
        // Given
        subscribe(Caller.as("alice"), "");
        receiver.answers(302);
        succeeded("alice");

        // When
        courier.send();

        // Then
        assertThat(receiver.requests()).extracting(Request::path).containsOnly("/hook?x=1");
        assertThat(Database.rows("SELECT failure FROM notification_delivery").get(0))
                .containsEntry("failure", "The receiver answered 302.");
    }

    @Test
    void two_replicas_tell_once() {
        // Given
        subscribe(Caller.as("alice"), "");
        for (int i = 0; i < 12; i++) {
            succeeded("alice");
        }

        // When
        courier.sendFromTwoReplicas();
        courier.sendFromTwoReplicas();

        // Then
        assertThat(receiver.requests()).hasSize(12).extracting(Request::id).doesNotHaveDuplicates();
    }

    @Test
    void subscriptions_are_their_owners() {
        // Given
        var webhook = subscribe(Caller.as("alice"), "").jsonPath().getString("uuid");

        // When, Then
        Caller.as("bob").get(WEBHOOKS).then().statusCode(200).body("$", hasSize(0));
        Caller.as("bob").get(WEBHOOKS + webhook + "/").then().statusCode(404);
        Caller.as("bob").get(WEBHOOKS + webhook + "/failures/").then().statusCode(404);
        Caller.as("bob").delete(WEBHOOKS + webhook + "/").then().statusCode(404);
        Caller.anonymous().get(WEBHOOKS).then().statusCode(401);
        Caller.as("alice").get(WEBHOOKS).then().body("$", hasSize(1));
        Caller.as("alice").delete(WEBHOOKS + webhook + "/").then().statusCode(204);
        Caller.as("alice").get(WEBHOOKS).then().body("$", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(strings = { "{}", "{\"url\": \"ftp://example.org\"}", "{\"url\": \"https://\"}", "{\"url\": \"no url\"}",
            "{\"url\": \"https://user@example.org\"}", "{\"url\": \"https://example.org/#a\"}",
            "{\"url\": \"https://example.org\", \"states\": [\"Pending\"]}",
            "{\"url\": \"https://example.org\", \"states\": [null]}",
            "{\"url\": \"https://example.org\", \"secret\": \"whsec_short\"}",
            "{\"url\": \"https://example.org\", \"secret\": \"%%\"}", "[]", "null" })
    void what_cannot_be_is_refused(String body) {
        Caller.as("alice").contentType("application/json").body(body).post(WEBHOOKS).then().statusCode(400);
    }

    @Test
    void nobody_has_subscriptions_without_end() {
        for (int i = 0; i < 10; i++) {
            subscribe(Caller.as("alice"), "");
        }
        Caller.as("alice").contentType("application/json").body("{\"url\": \"https://example.org\"}").post(WEBHOOKS)
                .then().statusCode(400);
    }

    private Response subscribe(RequestSpecification caller, String more) {
        var response = caller.contentType("application/json").body("{\"url\": \"" + receiver.url() + "\"" + more + "}")
                .post(WEBHOOKS);
        response.then().statusCode(201);
        return response;
    }

    private static RequestSpecification superuser() {
        return Caller.with("JWT " + DevKeys.token(Map.of("preferred_username", "root", "superuser", true)));
    }

    private UUID failed(String username) {
        return run(username, Uni.createFrom().failure(new TaskFailedException("No such course.")));
    }

    private UUID succeeded(String username) {
        return run(username, Uni.createFrom().voidItem());
    }

    private UUID run(String username, Uni<Void> work) {
        var task = Result.of(tasks.start(new Requester(OptionalLong.empty(), username),
                ScriptedTask.request(progress -> work))).uuid();
        driver.runAndTell();
        return task;
    }

    private void awaitParked(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> {
            courier.send();
            return Database.number("SELECT COUNT(*) FROM notification_delivery WHERE phase = 4") == count;
        });
    }

    private static String signature(String secret, Request request) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
        var signed = request.id() + "." + request.timestamp() + "." + request.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }
}
