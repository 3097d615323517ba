package org.openedx.aggregator.api.task;

import java.util.UUID;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.openedx.aggregator.api.page.Page;
import org.openedx.aggregator.task.TaskArtifacts;
import org.openedx.aggregator.task.TaskViewer;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** What the caller's tasks have left; a superuser's are everybody's. */
@Path("/api/tasks/v0/artifacts")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "task")
public class ArtifactResource {

    private final TaskArtifacts artifacts;
    private final CurrentTaskViewer viewer;

    ArtifactResource(TaskArtifacts artifacts, CurrentTaskViewer viewer) {
        this.artifacts = artifacts;
        this.viewer = viewer;
    }

    @GET
    @Operation(summary = "The artifacts, the newest first")
    public Uni<FlatPage<ArtifactView>> list(@QueryParam("page") String page, @QueryParam("page_size") String size,
            @Context UriInfo uri) {
        var asking = viewer.get();
        return artifacts.count(asking)
                .map(FlatPage.query(page, size)::of)
                .chain(asked -> list(asking, asked, uri));
    }

    private Uni<FlatPage<ArtifactView>> list(TaskViewer asking, Page page, UriInfo uri) {
        var links = new Links(uri.getBaseUri());
        return artifacts.list(asking, page.offset(), page.size())
                .onItem()
                .transformToMulti(found -> Multi.createFrom().iterable(found))
                .map(artifact -> ArtifactView.of(artifact, links))
                .collect()
                .asList()
                .map(views -> FlatPage.of(page, uri.getRequestUri(), views));
    }

    @GET
    @Path("{uuid}")
    @Operation(summary = "An artifact; the link to its file is made now and good for some time")
    public Uni<ArtifactView> find(@PathParam("uuid") UUID uuid, @Context UriInfo uri) {
        return artifacts.find(uuid, viewer.get())
                .map(artifact -> ArtifactView.of(artifact, new Links(uri.getBaseUri())));
    }
}
