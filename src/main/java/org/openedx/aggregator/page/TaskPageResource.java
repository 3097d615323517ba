package org.openedx.aggregator.page;

import java.util.UUID;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.openedx.aggregator.api.completion.InvalidParameterException;
import org.openedx.aggregator.api.page.InvalidPageException;
import org.openedx.aggregator.api.page.Page;
import org.openedx.aggregator.api.task.CurrentTaskViewer;
import org.openedx.aggregator.api.task.TaskQuery;
import org.openedx.aggregator.page.TaskPages.Reader;
import org.openedx.aggregator.task.TaskForbiddenException;
import org.openedx.aggregator.task.TaskNotFoundException;
import org.openedx.aggregator.task.UserTasks;

import io.quarkus.security.Authenticated;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;

/** The pages of tasks. Forms know no other methods than GET and POST. */
@Path("/tasks")
@Produces(MediaType.TEXT_HTML)
@Authenticated
public class TaskPageResource {

    private final UserTasks tasks;
    private final CurrentTaskViewer viewer;
    private final TaskPages pages;
    private final Refusals refusals;

    TaskPageResource(UserTasks tasks, CurrentTaskViewer viewer, TaskPages pages, Refusals refusals) {
        this.tasks = tasks;
        this.viewer = viewer;
        this.pages = pages;
        this.refusals = refusals;
    }

    @GET
    @Operation(hidden = true)
    public Uni<RestResponse<String>> list(TaskQuery query, @Context UriInfo uri, @Context HttpHeaders headers) {
        var reader = new Reader(viewer.get(), headers, uri);
        return tasks.count(query.filter(viewer.get()))
                .map(query.pages()::of)
                .chain(page -> list(query, page, reader));
    }

    private Uni<RestResponse<String>> list(TaskQuery query, Page page, Reader reader) {
        return tasks.list(query.filter(viewer.get()), page.offset(), page.size())
                .chain(found -> pages.list(query, page, found, reader));
    }

    @GET
    @Path("{uuid}")
    @Operation(hidden = true)
    public Uni<RestResponse<String>> show(@PathParam("uuid") UUID uuid, @Context UriInfo uri, @Context HttpHeaders headers) {
        var reader = new Reader(viewer.get(), headers, uri);
        return tasks.find(uuid, viewer.get())
                .chain(task -> pages.task(task, reader));
    }

    @POST
    @Path("{uuid}/cancel")
    @Operation(hidden = true)
    public Uni<RestResponse<String>> cancel(@PathParam("uuid") UUID uuid) {
        return tasks.cancel(uuid, viewer.get())
                .replaceWith(() -> seeOther("/tasks/" + uuid));
    }

    @POST
    @Path("{uuid}/delete")
    @Operation(hidden = true)
    public Uni<RestResponse<String>> delete(@PathParam("uuid") UUID uuid) {
        return tasks.delete(uuid, viewer.get())
                .replaceWith(() -> seeOther("/tasks?deleted"));
    }

    @GET
    @Path("{uuid}/{nothing: .+}")
    @Operation(hidden = true)
    public Uni<RestResponse<String>> nothing() {
        throw new NotFoundException();
    }

    // The framework would put its own idea of the host before it, which behind a proxy need not be the browser's.
    private static RestResponse<String> seeOther(String path) {
        return ResponseBuilder.<String> create(Status.SEE_OTHER)
                .header(HttpHeaders.LOCATION, path)
                .build();
    }

    @ServerExceptionMapper({ UnauthorizedException.class, AuthenticationFailedException.class })
    public Uni<RestResponse<String>> nobody(SecurityException exception, UriInfo uri, HttpHeaders headers) {
        return refusals.nobody(uri, headers);
    }

    @ServerExceptionMapper
    public Uni<RestResponse<String>> forged(ForbiddenException exception, HttpHeaders headers) {
        return refusals.forged(headers);
    }

    @ServerExceptionMapper
    public Uni<RestResponse<String>> onlyLookingOn(TaskForbiddenException exception, HttpHeaders headers) {
        return refusals.onlyLookingOn(headers);
    }

    @ServerExceptionMapper({ NotFoundException.class, TaskNotFoundException.class, InvalidPageException.class })
    public Uni<RestResponse<String>> missing(RuntimeException exception, HttpHeaders headers) {
        return refusals.missing(headers);
    }

    @ServerExceptionMapper
    public Uni<RestResponse<String>> unreadable(InvalidParameterException exception, HttpHeaders headers) {
        return refusals.unreadable(headers);
    }
}
