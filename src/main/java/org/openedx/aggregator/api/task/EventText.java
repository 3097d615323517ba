package org.openedx.aggregator.api.task;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.openedx.aggregator.task.TaskEvent;
import org.openedx.aggregator.task.TaskEvent.Changed;
import org.openedx.aggregator.task.TaskEvent.Deleted;
import org.openedx.aggregator.task.TaskStatus;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

/** Events of a task as text/event-stream (HTML standard, section 9.2) for one client. */
final class EventText {

    private final String language;
    private final Links links;

    EventText(String language, Links links) {
        this.language = language;
        this.links = links;
    }

    Map<String, List<String>> headers() {
        return Map.of(HttpHeaders.CONTENT_TYPE, List.of(MediaType.SERVER_SENT_EVENTS + ";charset=UTF-8"),
                HttpHeaders.CONTENT_LANGUAGE, List.of(language),
                HttpHeaders.CACHE_CONTROL, List.of("private, no-store"),
                // nginx would keep events until it has a page of them.
                "X-Accel-Buffering", List.of("no"));
    }

    byte[] of(TaskEvent event) {
        return text(event).getBytes(StandardCharsets.UTF_8);
    }

    private String text(TaskEvent event) {
        if (event instanceof Changed changed) {
            return changed(changed.task());
        }
        if (event instanceof Deleted deleted) {
            return "event: deleted\ndata: " + new JsonObject().put("uuid", deleted.task().toString()) + "\n\n";
        }
        return ":\n\n";
    }

    // JSON has no line breaks but escaped ones.
    private String changed(TaskStatus task) {
        return "id: " + task.version() + "\ndata: " + Json.encode(TaskView.of(task, language, links)) + "\n\n";
    }
}
