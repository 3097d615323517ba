package org.openedx.aggregator.api.task;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.openedx.aggregator.api.completion.Conditional;
import org.openedx.aggregator.api.page.Page;
import org.openedx.aggregator.task.TaskFilter;
import org.openedx.aggregator.task.TaskStatus;
import org.openedx.aggregator.task.UserTasks;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.Json;

/** User tasks of the caller; a superuser's are everybody's. */
@Path("/api/tasks/v0/tasks")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "task")
public class TaskResource {

    private static final Duration FAST = Duration.ofSeconds(1);
    private static final Duration SLOW = Duration.ofSeconds(3);

    private final UserTasks tasks;
    private final CurrentTaskViewer viewer;

    TaskResource(UserTasks tasks, CurrentTaskViewer viewer) {
        this.tasks = tasks;
        this.viewer = viewer;
    }

    @GET
    @Operation(summary = "The tasks, the newest first")
    public Uni<FlatPage<TaskView>> list(TaskQuery query, @Context UriInfo uri, @Context HttpHeaders headers) {
        var language = language(headers);
        var filter = query.filter(viewer.get());
        return tasks.count(filter)
                .map(query.pages()::of)
                .chain(page -> list(filter, page, language, uri));
    }

    private Uni<FlatPage<TaskView>> list(TaskFilter filter, Page page, String language, UriInfo uri) {
        return tasks.list(filter, page.offset(), page.size())
                .onItem()
                .transformToMulti(found -> Multi.createFrom().iterable(found))
                .map(task -> view(task, language, uri))
                .collect()
                .asList()
                .map(views -> FlatPage.of(page, uri.getRequestUri(), views));
    }

    @GET
    @Path("{uuid}")
    @Operation(summary = "How far a task is; Retry-After says when to ask again, if it is not finished")
    public Uni<RestResponse<byte[]>> find(@PathParam("uuid") UUID uuid, @Context UriInfo uri, @Context HttpHeaders headers) {
        var language = language(headers);
        var known = Optional.ofNullable(headers.getHeaderString(HttpHeaders.IF_NONE_MATCH));
        return tasks.find(uuid, viewer.get())
                .map(task -> answer(task, language, known, uri));
    }

    private static RestResponse<byte[]> answer(TaskStatus task, String language, Optional<String> known, UriInfo uri) {
        return Conditional.json(tag(task, language), () -> json(task, language, uri), known, headers(task, language));
    }

    // Every change raises the version, so most pollers' answers need not be made.
    private static String tag(TaskStatus task, String language) {
        return task.version() + "-" + language;
    }

    private static byte[] json(TaskStatus task, String language, UriInfo uri) {
        return Json.encodeToBuffer(view(task, language, uri)).getBytes();
    }

    @POST
    @Path("{uuid}/cancel")
    @Operation(summary = "Cancels a task; one that is finished stays as it is")
    public Uni<TaskView> cancel(@PathParam("uuid") UUID uuid, @Context UriInfo uri, @Context HttpHeaders headers) {
        var language = language(headers);
        return tasks.cancel(uuid, viewer.get())
                .map(task -> view(task, language, uri));
    }

    @DELETE
    @Path("{uuid}")
    @Operation(summary = "Removes a task and what it left; one that runs is cancelled")
    public Uni<Void> delete(@PathParam("uuid") UUID uuid) {
        return tasks.delete(uuid, viewer.get());
    }

    private static TaskView view(TaskStatus task, String language, UriInfo uri) {
        return TaskView.of(task, language, new Links(uri.getBaseUri()));
    }

    private static String language(HttpHeaders headers) {
        return StateText.language(headers.getAcceptableLanguages());
    }

    // Who watches a short task wants to see it end; a long one is worth fewer questions.
    private static Map<String, String> headers(TaskStatus task, String language) {
        var common = Map.of(HttpHeaders.CONTENT_LANGUAGE, language, HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        if (task.isFinished()) {
            return common;
        }
        var age = Duration.between(task.created(), task.modified());
        var wait = age.compareTo(Duration.ofMinutes(1)) < 0 ? FAST : SLOW;
        return Map.of(HttpHeaders.CONTENT_LANGUAGE, language, HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE,
                HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds()));
    }
}
