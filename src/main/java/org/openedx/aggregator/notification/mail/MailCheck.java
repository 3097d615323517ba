package org.openedx.aggregator.notification.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.openedx.aggregator.notification.Delivery;
import org.openedx.aggregator.notification.NotificationConfig;
import org.openedx.aggregator.task.TaskState;

import io.quarkus.qute.TemplateException;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.json.JsonObject;

/** Whether mails can be written is known when the service starts, not when the first task ends. */
@ApplicationScoped
class MailCheck {

    private final NotificationConfig config;
    private final MailWriter writer;

    MailCheck(NotificationConfig config, MailWriter writer) {
        this.config = config;
        this.writer = writer;
    }

    void onStart(@Observes StartupEvent event) {
        if (config.mail().enabled()) {
            require(config.mail().from().isPresent(), "mail.from");
            require(config.mail().optOutSecrets().isPresent(), "mail.opt-out-secrets");
            require(config.baseUrl().filter(url -> url.getHost() != null).isPresent(), "base-url");
            MailText.languages().forEach(this::tryOut);
        }
    }

    private static void require(boolean given, String setting) {
        if (!given) {
            throw new IllegalStateException(
                    "aggregator.notification.mail.enabled needs aggregator.notification." + setting);
        }
    }

    private void tryOut(String language) {
        var payload = new JsonObject().put("to", "nobody@example.org").put("language", language).put("name", "Task")
                .put("state", TaskState.FAILED).put("seconds", 1).put("error", "None");
        try {
            writer.mail(new Delivery("", "nobody", "", payload, 1));
        } catch (TemplateException e) {
            throw new IllegalStateException("A mail template does not work: " + e.getMessage(), e);
        }
    }
}
