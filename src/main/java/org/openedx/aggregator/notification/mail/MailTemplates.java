package org.openedx.aggregator.notification.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.notification.NotificationConfig;

import io.quarkus.qute.Engine;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.Variant;

/** The two parts of a mail, ours or the operator's. They are given nothing but maps of texts, so any of them works natively. */
@ApplicationScoped
class MailTemplates {

    private final Engine engine;
    private final Optional<Path> directory;
    private final Template html;
    private final Template text;

    MailTemplates(Engine engine, NotificationConfig config) {
        this.engine = engine;
        this.directory = config.mail().templatesDirectory();
        this.html = template("task.html", Variant.TEXT_HTML);
        this.text = template("task.txt", Variant.TEXT_PLAIN);
    }

    String html(Map<String, Object> values) {
        return html.data("mail", values).render();
    }

    String text(Map<String, Object> values) {
        return text.data("mail", values).render();
    }

    private Template template(String name, String mediaType) {
        return directory.map(parent -> parent.resolve(name))
                .filter(Files::exists)
                .map(file -> parsed(file, mediaType))
                .orElseGet(() -> engine.getTemplate("notification/" + name));
    }

    private Template parsed(Path file, String mediaType) {
        try {
            return engine.parse(Files.readString(file), Variant.forContentType(mediaType), file.toString());
        } catch (TemplateException e) {
            throw new IllegalStateException("The mail template " + file + " cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("The mail template " + file + " cannot be read", e);
        }
    }
}
