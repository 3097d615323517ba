package org.openedx.aggregator.api.task;

import java.util.UUID;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestResponse.StatusCode;
import org.openedx.aggregator.task.TaskStatus;
import org.openedx.aggregator.task.TaskWatch;
import org.openedx.aggregator.task.UserTasks;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;

/** A task as it changes, for whoever may look at it. */
@Path("/api/tasks/v0/tasks/{uuid}/events")
@Authenticated
@Tag(name = "task")
public class TaskEventResource {

    private final UserTasks tasks;
    private final TaskWatch watch;
    private final CurrentTaskViewer viewer;

    TaskEventResource(UserTasks tasks, TaskWatch watch, CurrentTaskViewer viewer) {
        this.tasks = tasks;
        this.watch = watch;
        this.viewer = viewer;
    }

    // The framework's own server-sent events begin before it is known whether there is such a task.
    @GET
    @Operation(summary = "The task at each change, as server-sent events; 204 for one that finished as the client knows it")
    @APIResponse(responseCode = "200", content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS))
    public RestMulti<byte[]> watch(@PathParam("uuid") UUID uuid, @HeaderParam("Last-Event-ID") String last,
            @Context UriInfo uri, @Context HttpHeaders headers) {
        var text = new EventText(StateText.language(headers.getAcceptableLanguages()), new Links(uri.getBaseUri()));
        var asking = viewer.get();
        return RestMulti.fromUniResponse(tasks.find(uuid, asking),
                task -> events(task, last, asking.username(), text),
                task -> text.headers(),
                task -> isOver(task, last) ? StatusCode.NO_CONTENT : StatusCode.OK);
    }

    private Multi<byte[]> events(TaskStatus task, String last, String username, EventText text) {
        return isOver(task, last)
                ? Multi.createFrom().empty()
                : watch.of(task, isKnown(task, last), username).map(text::of);
    }

    // Only an answer that is not 200 keeps a browser from coming back for more.
    private static boolean isOver(TaskStatus task, String last) {
        return task.isFinished() && isKnown(task, last);
    }

    private static boolean isKnown(TaskStatus task, String last) {
        return Long.toString(task.version()).equals(last);
    }
}
