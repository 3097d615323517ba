package org.openedx.aggregator.notification.webhook;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.notification.Deliveries;
import org.openedx.aggregator.notification.NotificationConfig;
import org.openedx.aggregator.notification.ParkedDelivery;
import org.openedx.aggregator.transaction.Transactions;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Who is to be told of tasks over HTTP. Subscriptions of others do not exist for a caller. */
@ApplicationScoped
public class Webhooks {

    private final Pool pool;
    private final Transactions transactions;
    private final Deliveries deliveries;
    private final SecretSafe safe;
    private final NotificationConfig.Webhook config;

    Webhooks(Pool pool, Transactions transactions, Deliveries deliveries, SecretSafe safe, NotificationConfig config) {
        this.pool = pool;
        this.transactions = transactions;
        this.deliveries = deliveries;
        this.safe = safe;
        this.config = config.webhook();
    }

    /** Fails with {@link NoWebhooksException} or, with what is wrong, {@link InvalidWebhookException}. */
    public Uni<CreatedWebhook> create(String owner, WebhookRequest request) {
        if (!safe.isThere()) {
            throw new NoWebhooksException();
        }
        var url = WebhookUrl.parsed(request.url(), config.allowHttp());
        var secret = request.secret().map(WebhookSecret::new).orElseGet(WebhookSecret::random);
        var uuid = UUID.randomUUID();
        return list(owner)
                .invoke(this::requireRoom)
                .chain(() -> WebhookTable.insert(pool, uuid, owner, url, safe.lock(uuid, secret), request))
                .chain(() -> find(owner, uuid))
                .map(webhook -> new CreatedWebhook(webhook, secret.text()));
    }

    /** The newest first. */
    public Uni<List<Webhook>> list(String owner) {
        return WebhookTable.ofOwner(pool, owner);
    }

    /** Fails with {@link WebhookNotFoundException}, as all below. */
    public Uni<Webhook> find(String owner, UUID webhook) {
        return WebhookTable.find(pool, webhook.toString())
                .map(found -> ownedBy(owner, found));
    }

    /** With what is still to be sent to it. */
    public Uni<Void> delete(String owner, UUID webhook) {
        return find(owner, webhook)
                .chain(() -> delete(webhook.toString()));
    }

    /** What could not be sent, the last first. */
    public Uni<List<ParkedDelivery>> failures(String owner, UUID webhook, long offset, int limit) {
        return find(owner, webhook)
                .chain(() -> deliveries.parked(WebhookChannel.NAME, webhook.toString(), offset, limit));
    }

    public Uni<Long> countFailures(String owner, UUID webhook) {
        return find(owner, webhook)
                .chain(() -> deliveries.countParked(WebhookChannel.NAME, webhook.toString()));
    }

    /** Has what could not be sent tried again. */
    public Uni<Void> retry(String owner, UUID webhook, UUID delivery) {
        return find(owner, webhook)
                .chain(() -> deliveries.retry(WebhookChannel.NAME, webhook.toString(), delivery));
    }

    private Uni<Void> delete(String webhook) {
        return transactions.run(transaction -> delete(transaction, webhook));
    }

    private Uni<Void> delete(SqlConnection transaction, String webhook) {
        return WebhookTable.delete(transaction, webhook)
                .chain(() -> deliveries.deleteOf(transaction, WebhookChannel.NAME, webhook));
    }

    private void requireRoom(List<Webhook> existing) {
        if (existing.size() >= config.perUser()) {
            throw new InvalidWebhookException("You have " + existing.size() + " subscriptions; remove one first.");
        }
    }

    private static Webhook ownedBy(String owner, Optional<Webhook> found) {
        return found.filter(webhook -> webhook.owner().equals(owner)).orElseThrow(WebhookNotFoundException::new);
    }
}
