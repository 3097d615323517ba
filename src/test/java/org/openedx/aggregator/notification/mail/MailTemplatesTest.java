package org.openedx.aggregator.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openedx.aggregator.notification.NotificationConfig;
import org.openedx.aggregator.notification.Settings;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.Variant;
import io.quarkus.runtime.StartupEvent;

class MailTemplatesTest {

    @TempDir
    Path directory;

    @BeforeEach
    void both_are_the_operators() throws IOException {
        Files.writeString(directory.resolve("task.txt"), "Own: {mail.name} {mail.label.open}");
        Files.writeString(directory.resolve("task.html"), "<p>{mail.name}</p>");
    }

    @Test
    void an_operators_template_replaces_ours() {
        var templates = templates();
        assertThat(templates.text(Map.of("name", "A & B", "label", Map.of("open", "See")))).isEqualTo("Own: A & B See");
        assertThat(templates.html(Map.of("name", "A & B"))).isEqualTo("<p>A &amp; B</p>");
    }

    @Test
    void one_that_cannot_be_read_is_said_at_start() throws IOException {
        Files.writeString(directory.resolve("task.html"), "{#if mail.name}never ends");
        assertThatThrownBy(this::templates).isInstanceOf(IllegalStateException.class).hasMessageContaining("task.html");
    }

    @Test
    void one_that_asks_for_what_there_is_not_is_said_at_start() throws IOException {
        Files.writeString(directory.resolve("task.txt"), "{mail.nmae}");
        assertThatThrownBy(() -> check(Map.of()).onStart(new StartupEvent()))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("nmae");
    }

    @Test
    void mails_without_a_sender_are_said_at_start() {
        assertThatThrownBy(() -> check(Map.of("aggregator.notification.mail.from", "")).onStart(new StartupEvent()))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("aggregator.notification.mail.from");
    }

    private MailTemplates templates() {
        return new MailTemplates(engine(), config(Map.of()));
    }

    private MailCheck check(Map<String, String> more) {
        var config = config(more);
        return new MailCheck(config, new MailWriter(new MailTemplates(engine(), config), new OptOutLinks(config), config));
    }

    // As Quarkus makes it.
    private static Engine engine() {
        return Engine.builder().addDefaults()
                .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                .build();
    }

    private NotificationConfig config(Map<String, String> more) {
        var settings = new HashMap<>(Map.of("aggregator.notification.mail.enabled", "true",
                "aggregator.notification.mail.from", "no-reply@example.org",
                "aggregator.notification.base-url", "https://tasks.example.org",
                "aggregator.notification.mail.opt-out-secrets", "s".repeat(32),
                "aggregator.notification.mail.templates-directory", directory.toString()));
        settings.putAll(more);
        return Settings.of(settings);
    }
}
