package org.openedx.aggregator.task;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

import org.openedx.aggregator.task.ArtifactTable.Content;

import io.vertx.core.json.JsonObject;

/** The members of an event about a task of another system, checked as they are read. */
final class ExternalFields {

    private static final int MAX_ACTION = 128;
    private static final int MAX_LONG_NAME = 255;
    private static final int MAX_EMAIL = 254;
    private static final int MAX_LANGUAGE = 8;
    private static final int MAX_URL = 2048;
    private static final int MAX_TEXT = 1_000_000;
    private static final long MAX_STEPS = 4_000_000_000L;
    private static final int MAX_PARTS = 10_000;

    private final JsonObject json;

    ExternalFields(JsonObject json) {
        this.json = json;
    }

    /** Throws {@link InvalidExternalEventException} if something is missing that such an event says. */
    void check(ExternalEvent.Type type) {
        switch (type) {
            case CREATED -> checkCreated();
            case PROGRESS -> steps("completed_steps").or(() -> steps("total_steps"))
                    .orElseThrow(() -> new InvalidExternalEventException("completed_steps is missing."));
            case STATE -> state();
            case ARTIFACT -> {
                name();
                content();
            }
            case FAILED -> message();
            case STARTED, SUCCEEDED, RETRYING, CANCELED -> {
                // The type says it all.
            }
        }
    }

    Requester user() {
        if (!(json.getValue("user") instanceof JsonObject user)) {
            throw new InvalidExternalEventException(
                    "user is missing: an object with username and, if known, id, email and language.");
        }
        var fields = new ExternalFields(user);
        var id = fields.number("id");
        return new Requester(id.isPresent() ? OptionalLong.of(id.get()) : OptionalLong.empty(),
                fields.required("username", ExternalEvent.MAX_NAME), fields.text("email", MAX_EMAIL),
                fields.text("language", MAX_LANGUAGE));
    }

    Optional<Container> container() {
        return text("container", MAX_ACTION).map(ExternalFields::container);
    }

    int parts() {
        var parts = number("parts").orElse(0L);
        if (parts < 1 || parts > MAX_PARTS) {
            throw new InvalidExternalEventException("A container has 1 to " + MAX_PARTS + " parts: parts is missing.");
        }
        return parts.intValue();
    }

    String action() {
        return required("action", MAX_ACTION);
    }

    String name() {
        return required("name", MAX_LONG_NAME);
    }

    String state() {
        try {
            return TaskState.requireRunning(required("state", MAX_ACTION));
        } catch (IllegalArgumentException e) {
            throw new InvalidExternalEventException("state is none of a running task.");
        }
    }

    String message() {
        return required("message", MAX_TEXT);
    }

    Content content() {
        var url = text("url", MAX_URL).or(() -> text("file", MAX_URL));
        if (url.isPresent()) {
            requireWeb(url.get());
            return Content.url(url.get());
        }
        return Content.text(required("text", MAX_TEXT));
    }

    Optional<Long> steps(String member) {
        var steps = number(member);
        if (steps.isPresent() && (steps.get() < 0 || steps.get() > MAX_STEPS)) {
            throw new InvalidExternalEventException(member + " is out of range.");
        }
        return steps;
    }

    Optional<String> parent() {
        return text("parent", MAX_ACTION);
    }

    String required(String member, int longest) {
        return text(member, longest).orElseThrow(() -> new InvalidExternalEventException(member + " is missing."));
    }

    Optional<String> text(String member, int longest) {
        var value = json.getValue(member);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text) || text.isBlank() || text.length() > longest) {
            throw new InvalidExternalEventException(member + " is not a text of 1 to " + longest + " characters.");
        }
        return Optional.of(text);
    }

    Optional<Long> number(String member) {
        var value = json.getValue(member);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Integer || value instanceof Long) {
            return Optional.of(((Number) value).longValue());
        }
        throw new InvalidExternalEventException(member + " is not an integer.");
    }

    private void checkCreated() {
        user();
        name();
        parent();
        if (container().isPresent()) {
            parts();
        } else {
            action();
            steps("total_steps");
        }
    }

    private static Container container(String word) {
        return Arrays.stream(Container.values())
                .filter(kind -> kind.action().equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidExternalEventException("A container is a group, a chain or a chord."));
    }

    // It becomes a link in a person's browser.
    private static void requireWeb(String url) {
        try {
            var uri = new URI(url);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return;
            }
        } catch (URISyntaxException e) {
            // Refused like any other.
        }
        throw new InvalidExternalEventException("url is no address of the web.");
    }
}
