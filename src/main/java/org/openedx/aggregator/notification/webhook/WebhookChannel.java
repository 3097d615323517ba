package org.openedx.aggregator.notification.webhook;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.notification.Channel;
import org.openedx.aggregator.notification.Delivery;
import org.openedx.aggregator.notification.NotificationConfig;
import org.openedx.aggregator.notification.Outcome;
import org.openedx.aggregator.notification.UndeliverableException;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/** Signed requests to receivers (https://github.com/standard-webhooks/standard-webhooks). */
@ApplicationScoped
class WebhookChannel implements Channel {

    static final String NAME = "webhook";

    private static final int GONE = 410;
    private static final String NOBODY = "The subscription is gone, or was ended by its receiver's answer 410.";

    private final Pool pool;
    private final SecretSafe safe;
    private final WebhookHttp http;
    private final NotificationConfig.Webhook config;
    private final Clock clock;

    WebhookChannel(Pool pool, SecretSafe safe, WebhookHttp http, NotificationConfig config, Clock clock) {
        this.pool = pool;
        this.safe = safe;
        this.http = http;
        this.config = config.webhook();
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isOpen() {
        return safe.isThere();
    }

    @Override
    public int perLane() {
        return config.perHost();
    }

    @Override
    public Uni<Outcome> deliver(Delivery delivery) {
        return WebhookTable.secret(pool, delivery.target())
                .map(secret -> opened(delivery, secret))
                .chain(secret -> deliver(delivery, secret));
    }

    private WebhookSecret opened(Delivery delivery, Optional<String> locked) {
        return safe.open(UUID.fromString(delivery.target()),
                present(locked));
    }

    private Uni<Outcome> deliver(Delivery delivery, WebhookSecret secret) {
        return WebhookTable.find(pool, delivery.target())
                .map(WebhookChannel::present)
                .chain(webhook -> http.post(webhook.url(), signed(delivery, secret)))
                .call(status -> status == GONE ? WebhookTable.gone(pool, delivery.target()) : Uni.createFrom().voidItem())
                .map(WebhookChannel::outcome);
    }

    private SignedBody signed(Delivery delivery, WebhookSecret secret) {
        var body = delivery.payload().encode();
        long timestamp = clock.instant().getEpochSecond();
        return new SignedBody(delivery.uuid(), timestamp, secret.signature(delivery.uuid(), timestamp, body), body);
    }

    private static <T> T present(Optional<T> found) {
        return found.orElseThrow(() -> new UndeliverableException(NOBODY));
    }

    private static Outcome outcome(int status) {
        if (status == GONE) {
            throw new UndeliverableException(NOBODY);
        }
        if (status < 200 || status > 299) {
            throw new WebhookRefusedException("The receiver answered " + status + ".");
        }
        return Outcome.SENT;
    }
}
