package org.openedx.aggregator.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openedx.aggregator.notification.Settings;
import org.openedx.aggregator.support.Receiver;
import org.openedx.aggregator.support.Result;

import io.vertx.mutiny.core.Vertx;

class WebhookHttpTest {

    private static final SignedBody BODY = new SignedBody("id", 1, "v1,x", "{}");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Result.of(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(strings = { "127.0.0.1", "localhost", "2130706433", "[::1]", "0.0.0.0" })
    void a_private_address_is_refused_however_it_is_written(String host) {
        try (var receiver = new Receiver()) {
            var url = URI.create(receiver.url().replace("127.0.0.1", host));
            assertThatThrownBy(() -> Result.of(http("false").post(url, BODY)))
                    .isInstanceOf(WebhookRefusedException.class)
                    .hasMessageContaining("not on the public Internet");
            assertThat(receiver.requests()).isEmpty();
        }
    }

    @Test
    void a_private_address_is_called_if_the_operator_allows_it() {
        try (var receiver = new Receiver()) {
            assertThat(Result.of(http("true").post(URI.create(receiver.url()), BODY))).isEqualTo(204);
        }
    }

    @Test
    void a_receiver_that_does_not_answer_is_given_up() throws IOException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
            assertThatThrownBy(() -> Result.of(http("true").post(url, BODY)))
                    .isInstanceOf(WebhookRefusedException.class)
                    .hasMessageContaining("did not answer in time");
        }
    }

    @Test
    void a_name_that_does_not_exist_is_said_so() {
        assertThatThrownBy(() -> Result.of(http("false").post(URI.create("https://nobody.invalid/"), BODY)))
                .isInstanceOf(WebhookRefusedException.class)
                .hasMessageContaining("cannot be resolved");
    }

    private WebhookHttp http(String allowPrivate) {
        return new WebhookHttp(vertx, Settings.of(Map.of("aggregator.notification.webhook.allow-private", allowPrivate,
                "aggregator.notification.webhook.timeout", "3s")));
    }
}
