package org.openedx.aggregator.api.task;

import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.openedx.aggregator.api.completion.PathKeys;
import org.openedx.aggregator.task.Grantee;
import org.openedx.aggregator.task.TaskGrant;
import org.openedx.aggregator.task.TaskPermissions;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** With whom a task is shared. For its owner and superusers. */
@Path("/api/tasks/v0/tasks/{uuid}/permissions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "task")
public class PermissionResource {

    private final TaskPermissions permissions;
    private final CurrentTaskViewer viewer;

    PermissionResource(TaskPermissions permissions, CurrentTaskViewer viewer) {
        this.permissions = permissions;
        this.viewer = viewer;
    }

    /** What the task is shared for: {@code view}, {@code artifacts}, {@code cancel} and {@code delete}. */
    @RegisterForReflection
    public record Request(@NotNull List<String> permissions) {
    }

    @GET
    @Operation(summary = "With whom a task is shared")
    public Uni<List<GrantView>> list(@PathParam("uuid") UUID uuid) {
        return permissions.list(uuid, viewer.get())
                .map(grants -> grants.stream().map(GrantView::of).toList());
    }

    @PUT
    @Path("{username}")
    @Operation(summary = "Shares a task with a person, for these permissions and no others")
    public Uni<GrantView> put(@PathParam("uuid") UUID uuid, @PathParam("username") String username,
            @NotNull @Valid Request request) {
        return put(uuid, new Grantee.Person(username), request);
    }

    @DELETE
    @Path("{username}")
    @Operation(summary = "Shares a task with a person no longer")
    public Uni<Void> remove(@PathParam("uuid") UUID uuid, @PathParam("username") String username) {
        return permissions.remove(uuid, new Grantee.Person(username), viewer.get());
    }

    @PUT
    @Path("course/{course_key: .+}")
    @Operation(summary = "Shares a task with the staff of a course, for these permissions and no others")
    public Uni<GrantView> putCourse(@PathParam("uuid") UUID uuid, @PathParam("course_key") String course,
            @NotNull @Valid Request request) {
        return put(uuid, new Grantee.CourseStaff(PathKeys.course(course)), request);
    }

    @DELETE
    @Path("course/{course_key: .+}")
    @Operation(summary = "Shares a task with the staff of a course no longer")
    public Uni<Void> removeCourse(@PathParam("uuid") UUID uuid, @PathParam("course_key") String course) {
        return permissions.remove(uuid, new Grantee.CourseStaff(PathKeys.course(course)), viewer.get());
    }

    private Uni<GrantView> put(UUID uuid, Grantee grantee, Request request) {
        return permissions.put(uuid, TaskGrant.of(grantee, request.permissions()), viewer.get())
                .map(GrantView::of);
    }
}
