package org.openedx.aggregator.notification.mail;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.notification.Delivery;
import org.openedx.aggregator.notification.NotificationConfig;

import io.quarkus.mailer.Mail;
import io.vertx.core.json.JsonObject;

/** Writes the mail about a task. */
@ApplicationScoped
class MailWriter {

    private static final int MAX_SUBJECT = 200;

    private final MailTemplates templates;
    private final OptOutLinks links;
    private final NotificationConfig config;

    MailWriter(MailTemplates templates, OptOutLinks links, NotificationConfig config) {
        this.templates = templates;
        this.links = links;
        this.config = config;
    }

    Mail mail(Delivery delivery) {
        var payload = delivery.payload();
        var text = MailText.in(payload.getString("language"));
        var optOut = links.link(delivery.target()).toString();
        var subject = subject(text.subject(payload.getString("state"), payload.getString("name")));
        var values = values(delivery, text, subject, optOut);
        return new Mail()
                .addTo(payload.getString("to"))
                .setFrom(config.mail().from().orElseThrow())
                .setSubject(subject)
                .setText(templates.text(values))
                .setHtml(templates.html(values))
                // Who gets it twice, since a crash came between the server's word and ours, can see that it is the same.
                .addHeader("Message-ID", "<task-" + delivery.task() + "@" + host() + ">")
                .addHeader("Auto-Submitted", "auto-generated")
                .addHeader("Content-Language", text.language())
                .addHeader("List-Unsubscribe", "<" + optOut + ">")
                .addHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }

    private Map<String, Object> values(Delivery delivery, MailText text, String subject, String optOut) {
        var payload = delivery.payload();
        var values = new HashMap<String, Object>();
        values.put("language", text.language());
        values.put("direction", text.direction());
        values.put("subject", subject);
        values.put("greeting", text.greeting().formatted(delivery.target()));
        values.put("name", payload.getString("name"));
        values.put("state", payload.getString("state"));
        values.put("result", text.result(payload.getString("state")));
        values.put("duration", duration(payload));
        values.put("error", payload.getString("error"));
        values.put("link", base().resolve("/tasks/" + delivery.task()).toString());
        values.put("optOut", optOut);
        values.put("label", text.labels());
        return values;
    }

    private URI base() {
        return config.baseUrl().orElseThrow();
    }

    private String host() {
        return base().getHost();
    }

    // A name is anybody's text; a line break in it must not begin another header.
    private String subject(String text) {
        var line = (config.mail().subjectPrefix().map(prefix -> prefix + " ").orElse("") + text)
                .replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
        return line.codePointCount(0, line.length()) <= MAX_SUBJECT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_SUBJECT - 1)) + "…";
    }

    private static String duration(JsonObject payload) {
        var duration = Duration.ofSeconds(payload.getLong("seconds"));
        return "%d:%02d:%02d".formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }
}
