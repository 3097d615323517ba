package org.openedx.aggregator.notification.mail;

import java.time.Duration;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.notification.Deliveries;
import org.openedx.aggregator.notification.NewDelivery;
import org.openedx.aggregator.notification.NotificationConfig;
import org.openedx.aggregator.task.StoppedTask;
import org.openedx.aggregator.task.TaskListener;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Notes a mail for each stopped task of somebody who has an address. */
@ApplicationScoped
class MailListener implements TaskListener {

    private final Deliveries deliveries;
    private final boolean enabled;

    MailListener(Deliveries deliveries, NotificationConfig config) {
        this.deliveries = deliveries;
        this.enabled = config.mail().enabled();
    }

    @Override
    public Uni<Void> onStopped(SqlConnection transaction, List<StoppedTask> tasks) {
        return enabled
                ? deliveries.add(transaction, tasks.stream().filter(MailListener::hasAddress).map(MailListener::mail).toList())
                : Uni.createFrom().voidItem();
    }

    private static boolean hasAddress(StoppedTask task) {
        return task.email().filter(MailAddress::isValid).isPresent();
    }

    private static NewDelivery mail(StoppedTask task) {
        var status = task.status();
        var payload = new JsonObject()
                .put("to", task.email().orElseThrow())
                .put("language", task.language().orElse(MailText.DEFAULT))
                .put("name", status.name())
                .put("state", status.state())
                .put("seconds", duration(task).toSeconds())
                .put("error", task.error().orElse(""));
        return new NewDelivery(MailChannel.NAME, status.username(), MailChannel.NAME, status.uuid().toString(), payload);
    }

    private static Duration duration(StoppedTask task) {
        var status = task.status();
        return Duration.between(status.started().orElse(status.created()), status.finished().orElse(status.modified()));
    }
}
