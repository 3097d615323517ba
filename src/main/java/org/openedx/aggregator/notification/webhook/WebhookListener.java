package org.openedx.aggregator.notification.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.notification.Deliveries;
import org.openedx.aggregator.notification.NewDelivery;
import org.openedx.aggregator.notification.NotificationConfig;
import org.openedx.aggregator.task.StoppedTask;
import org.openedx.aggregator.task.TaskListener;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Notes a request for each subscription that wants to know of a stopped task. */
@ApplicationScoped
class WebhookListener implements TaskListener {

    private final Deliveries deliveries;
    private final SecretSafe safe;
    private final NotificationConfig config;

    WebhookListener(Deliveries deliveries, SecretSafe safe, NotificationConfig config) {
        this.deliveries = deliveries;
        this.safe = safe;
        this.config = config;
    }

    @Override
    public Uni<Void> onStopped(SqlConnection transaction, List<StoppedTask> tasks) {
        if (!safe.isThere()) {
            return Uni.createFrom().voidItem();
        }
        var owners = tasks.stream().map(task -> task.status().username()).collect(Collectors.toSet());
        return WebhookTable.active(transaction, owners)
                .chain(webhooks -> deliveries.add(transaction, wanted(tasks, webhooks)));
    }

    private List<NewDelivery> wanted(List<StoppedTask> tasks, List<Webhook> webhooks) {
        return webhooks.stream()
                .flatMap(webhook -> wanted(webhook, tasks).stream())
                .toList();
    }

    private List<NewDelivery> wanted(Webhook webhook, List<StoppedTask> tasks) {
        return tasks.stream()
                .filter(task -> wants(webhook, task))
                .map(task -> delivery(webhook, task))
                .toList();
    }

    private static boolean wants(Webhook webhook, StoppedTask task) {
        var status = task.status();
        return webhook.wants(status.username(), status.state(), status.action());
    }

    private NewDelivery delivery(Webhook webhook, StoppedTask task) {
        return new NewDelivery(WebhookChannel.NAME, webhook.uuid().toString(), webhook.url().getHost(),
                task.status().uuid().toString(), event(task));
    }

    private JsonObject event(StoppedTask task) {
        var status = task.status();
        return new JsonObject()
                .put("type", "task." + status.state().toLowerCase(Locale.ROOT))
                .put("timestamp", status.finished().orElse(status.modified()).toString())
                .put("data", data(task));
    }

    private JsonObject data(StoppedTask task) {
        var status = task.status();
        return new JsonObject()
                .put("uuid", status.uuid().toString())
                .put("url", config.baseUrl().map(base -> base.resolve("/api/tasks/v0/tasks/" + status.uuid() + "/").toString())
                        .orElse(null))
                .put("username", status.username())
                .put("action", status.action())
                .put("name", status.name())
                .put("state", status.state())
                .put("completed_steps", status.completedSteps())
                .put("total_steps", status.totalSteps())
                .put("percent", status.percent())
                .put("attempts", status.attempts())
                .put("created", status.created().toString())
                .put("started", text(status.started()))
                .put("finished", text(status.finished()))
                .put("artifacts", new JsonArray(status.artifacts().stream().map(Object::toString).toList()))
                .put("error", task.error().orElse(null));
    }

    private static String text(Optional<Instant> moment) {
        return moment.map(Instant::toString).orElse(null);
    }
}
