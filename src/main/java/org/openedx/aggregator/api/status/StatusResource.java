package org.openedx.aggregator.api.status;

import java.util.Optional;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.openedx.aggregator.api.page.PageQuery;
import org.openedx.aggregator.api.security.CurrentViewer;
import org.openedx.aggregator.course.StructureList;
import org.openedx.aggregator.event.LetterCounts;
import org.openedx.aggregator.replica.Replicas;
import org.openedx.aggregator.stale.StaleLedger;
import org.openedx.aggregator.task.TaskCounts;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** How the service is. For staff. */
@Path("/completion-aggregator/v1/status")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "status")
public class StatusResource {

    private static final int DAYS = 30;

    private final StaleLedger ledger;
    private final LetterCounts letters;
    private final Replicas replicas;
    private final TaskCounts tasks;
    private final StructureList structures;
    private final CurrentViewer viewer;

    StatusResource(StaleLedger ledger, LetterCounts letters, Replicas replicas, TaskCounts tasks, StructureList structures,
            CurrentViewer viewer) {
        this.ledger = ledger;
        this.letters = letters;
        this.replicas = replicas;
        this.tasks = tasks;
        this.structures = structures;
        this.viewer = viewer;
    }

    @GET
    @Operation(summary = "Backlog, dead letters, replicas and tasks, of all replicas together")
    @APIResponse(responseCode = "200", ref = "Status")
    public Uni<StatusView> status() {
        viewer.get().requireStaff();
        return Uni.combine()
                .all()
                .unis(ledger.recentBacklog(), letters.ofLastDays(DAYS), replicas.list(), tasks.recent())
                .with(StatusView::of);
    }

    @GET
    @Path("structures")
    @Operation(summary = "The structure that each course shows, and how old it is")
    public Uni<StatusPage<VersionView>> structures(@QueryParam("page") Optional<String> page,
            @QueryParam("page_size") Optional<String> size, @Context UriInfo uri) {
        viewer.get().requireStaff();
        return StatusPage.of(PageQuery.of(page, size), uri.getRequestUri(), structures.count(),
                (offset, limit) -> structures.page(offset, limit).map(VersionView::of));
    }
}
