package org.openedx.aggregator.api.completion;

import java.net.URI;
import java.util.Optional;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.openedx.aggregator.aggregation.ManualCompletion;
import org.openedx.aggregator.aggregation.ManualCompletion.Report;
import org.openedx.aggregator.api.completion.CompletionPages.Asked;
import org.openedx.aggregator.api.security.CurrentViewer;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** Completions by course, version 0: with {@code ratio}, and with reports of single completions. */
@Path("/completion-aggregator/v0/course")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "completion")
public class CourseCompletionV0Resource {

    private final CompletionPages pages;
    private final ManualCompletion completion;
    private final CurrentViewer viewer;

    CourseCompletionV0Resource(CompletionPages pages, ManualCompletion completion, CurrentViewer viewer) {
        this.pages = pages;
        this.completion = completion;
        this.viewer = viewer;
    }

    @GET
    @Operation(summary = "The courses of a learner with the progress in each")
    @APIResponse(responseCode = "200", ref = "CompletionPage")
    public Uni<RestResponse<byte[]>> courses(@BeanParam CompletionQuery query, @Context UriInfo uri,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) Optional<String> known) {
        return pages.courses(asked(query, uri.getRequestUri()))
                .map(body -> Conditional.json(body, known));
    }

    @GET
    @Path("{course_key: .+}")
    @Operation(summary = "The progress of a learner in a course")
    @APIResponse(responseCode = "200", ref = "CompletionPage")
    public Uni<RestResponse<byte[]>> course(@PathParam("course_key") String course, @BeanParam CompletionQuery query,
            @Context UriInfo uri, @HeaderParam(HttpHeaders.IF_NONE_MATCH) Optional<String> known) {
        return pages.course(asked(query, uri.getRequestUri()), PathKeys.course(course))
                .map(body -> Conditional.json(body, known));
    }

    @POST
    @Path("{course_key: .+}/blocks/{block_key: .+}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Reports how far one has completed a block")
    public Uni<RestResponse<Void>> complete(@PathParam("course_key") String course, @PathParam("block_key") String block,
            @NotNull @Valid CompletionReport report) {
        var courseKey = PathKeys.course(course);
        var blockKey = PathKeys.block(block, courseKey);
        return completion.record(new Report(viewer.username(), courseKey, blockKey, report.completion()))
                .map(created -> RestResponse.status(created ? Status.CREATED : Status.OK));
    }

    private Asked asked(CompletionQuery query, URI address) {
        return new Asked(ApiVersion.V0, viewer.get(), query, address);
    }
}
