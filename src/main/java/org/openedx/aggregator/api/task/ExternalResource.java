package org.openedx.aggregator.api.task;

import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.openedx.aggregator.api.completion.InvalidParameterException;
import org.openedx.aggregator.api.security.CurrentViewer;
import org.openedx.aggregator.api.security.Viewer;
import org.openedx.aggregator.task.ExternalEvent;
import org.openedx.aggregator.task.ExternalTasks;
import org.openedx.aggregator.task.InvalidExternalEventException;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Tasks that workers elsewhere do and tell of. For service accounts. */
@Path("/api/tasks/v0/external")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "task")
public class ExternalResource {

    private final ExternalTasks tasks;
    private final CurrentViewer viewer;

    ExternalResource(ExternalTasks tasks, CurrentViewer viewer) {
        this.tasks = tasks;
        this.viewer = viewer;
    }

    /** What became of each event, in their order. */
    @RegisterForReflection
    public record Answer(List<ExternalView> results) {
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Takes in one event, or a list of events, about tasks that are done elsewhere")
    public Uni<Answer> tell(@NotNull byte[] body, @Context UriInfo uri) {
        var worker = viewer.get().requireService();
        var links = new Links(uri.getBaseUri());
        return Multi.createFrom()
                .iterable(events(body))
                .onItem()
                .transformToUniAndConcatenate(event -> apply(event, worker, links))
                .collect()
                .asList()
                .map(Answer::new);
    }

    private List<Object> events(byte[] body) {
        var json = decoded(body);
        var events = json instanceof JsonArray list
                ? StreamSupport.stream(list.spliterator(), false).map(event -> Objects.requireNonNullElse(event, "")).toList()
                : List.of(json);
        if (events.size() > tasks.maxEvents()) {
            throw new InvalidParameterException("Give at most " + tasks.maxEvents() + " events.");
        }
        return events;
    }

    private static Object decoded(byte[] body) {
        try {
            var json = Json.decodeValue(Buffer.buffer(body));
            if (json instanceof JsonObject || json instanceof JsonArray) {
                return json;
            }
        } catch (DecodeException e) {
            // Told like any other body that is none.
        }
        throw new InvalidParameterException("JSON parse error - give an event or a list of events.");
    }

    private Uni<ExternalView> apply(Object json, Viewer worker, Links links) {
        try {
            return json instanceof JsonObject object
                    ? apply(ExternalEvent.of(object), worker, links)
                    : refused("invalid", "An event is an object.");
        } catch (InvalidExternalEventException e) {
            return refused("invalid", e.getMessage());
        }
    }

    private Uni<ExternalView> apply(ExternalEvent event, Viewer worker, Links links) {
        var named = event.worker().orElse(worker.username());
        return worker.superuser() || named.equals(worker.username())
                ? tasks.apply(named, event).map(result -> ExternalView.of(event, result, links))
                : refused("forbidden", "The task is another worker's.");
    }

    private static Uni<ExternalView> refused(String outcome, String detail) {
        return Uni.createFrom().item(() -> ExternalView.refused(outcome, detail));
    }
}
