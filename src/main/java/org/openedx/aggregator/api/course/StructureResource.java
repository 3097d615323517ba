package org.openedx.aggregator.api.course;

import java.util.Optional;

import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.openedx.aggregator.aggregation.CourseNotFoundException;
import org.openedx.aggregator.api.completion.PathKeys;
import org.openedx.aggregator.api.limit.Allowance;
import org.openedx.aggregator.api.limit.Expense;
import org.openedx.aggregator.api.security.CurrentViewer;
import org.openedx.aggregator.course.CourseGraphs;
import org.openedx.aggregator.course.StructureVersion;
import org.openedx.aggregator.key.CourseKey;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** The structure of a course, brought by the LMS or an operator. For staff. */
@Path("/completion-aggregator/v1/structure")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "structure")
public class StructureResource {

    private final CourseGraphs graphs;
    private final UploadReader uploads;
    private final CurrentViewer viewer;
    private final Allowance allowance;

    StructureResource(CourseGraphs graphs, UploadReader uploads, CurrentViewer viewer, Allowance allowance) {
        this.graphs = graphs;
        this.uploads = uploads;
        this.viewer = viewer;
        this.allowance = allowance;
    }

    @PUT
    @Path("{course_key: .+}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Publishes a structure as the LMS's Course Blocks API answers it")
    public Uni<StructureView> putBlocks(@PathParam("course_key") String course, @NotNull byte[] document,
            @QueryParam("mobile_available") Optional<Boolean> mobileAvailable) {
        allowance.spend(viewer.get().requireStaff(), Expense.WORK);
        return uploads.blocks(PathKeys.course(course), document)
                .chain(upload -> graphs.publish(upload, mobileAvailable))
                .map(StructureView::of);
    }

    @PUT
    @Path("{course_key: .+}")
    @Consumes({ "application/gzip", "application/x-gzip", "application/x-tgz" })
    @Operation(summary = "Publishes the structure of a course export (OLX, course.tar.gz)")
    public Uni<StructureView> putExport(@PathParam("course_key") String course, @NotNull byte[] archive,
            @QueryParam("mobile_available") Optional<Boolean> mobileAvailable) {
        allowance.spend(viewer.get().requireStaff(), Expense.WORK);
        return uploads.export(PathKeys.course(course), archive)
                .chain(upload -> graphs.publish(upload, mobileAvailable))
                .map(StructureView::of);
    }

    @GET
    @Path("{course_key: .+}")
    @Operation(summary = "The stored structure, in the form of the Course Blocks API")
    public Uni<byte[]> get(@PathParam("course_key") String course) {
        allowance.spend(viewer.get().requireStaff(), Expense.WORK);
        var key = PathKeys.course(course);
        return graphs.current(key)
                .map(found -> document(found, key));
    }

    private static byte[] document(Optional<StructureVersion> found, CourseKey course) {
        return found.orElseThrow(() -> new CourseNotFoundException(course)).document();
    }
}
