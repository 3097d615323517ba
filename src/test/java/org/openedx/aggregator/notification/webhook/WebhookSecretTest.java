package org.openedx.aggregator.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.notification.NotificationConfig;
import org.openedx.aggregator.notification.Settings;

class WebhookSecretTest {

    private static final UUID WEBHOOK = UUID.fromString("11111111-2222-3333-4444-555555555555");
    private static final String OLD = "o".repeat(32);
    private static final String NEW = "n".repeat(32);

    /** The example of the libraries of Standard Webhooks. */
    @Test
    void signs_as_standard_webhooks_does() {
        var secret = new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(secret.signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void does_not_tell_itself() {
        var secret = WebhookSecret.random();
        assertThat(secret.toString()).doesNotContain(secret.text().substring(6));
    }

    @Test
    void opens_with_any_configured_secret_and_for_its_own_webhook_only() {
        // Given
        var secret = WebhookSecret.random();
        var locked = safe(OLD).lock(WEBHOOK, secret);

        // When, Then
        assertThat(safe(NEW + "," + OLD).open(WEBHOOK, locked)).isEqualTo(secret);
        assertThatThrownBy(() -> safe(NEW).open(WEBHOOK, locked)).hasMessageContaining("another encryption secret");
        assertThatThrownBy(() -> safe(OLD).open(UUID.randomUUID(), locked)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> safe("short")).hasMessageContaining("32 characters");
    }

    private static SecretSafe safe(String secrets) {
        NotificationConfig config = Settings.of(Map.of("aggregator.notification.webhook.encryption-secrets", secrets));
        return new SecretSafe(config);
    }
}
