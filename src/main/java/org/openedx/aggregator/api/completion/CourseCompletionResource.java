package org.openedx.aggregator.api.completion;

import java.net.URI;
import java.util.Optional;

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
import org.openedx.aggregator.api.completion.CompletionPages.Asked;
import org.openedx.aggregator.api.security.CurrentViewer;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** Completions by course, version 1. */
@Path("/completion-aggregator/v1/course")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "completion")
public class CourseCompletionResource {

    private final CompletionPages pages;
    private final CurrentViewer viewer;

    CourseCompletionResource(CompletionPages pages, CurrentViewer viewer) {
        this.pages = pages;
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
    @Operation(summary = "The progress in a course: one learner's or, for staff, everybody's")
    @APIResponse(responseCode = "200", ref = "CompletionPage")
    public Uni<RestResponse<byte[]>> course(@PathParam("course_key") String course, @BeanParam CompletionQuery query,
            @Context UriInfo uri, @HeaderParam(HttpHeaders.IF_NONE_MATCH) Optional<String> known) {
        return pages.course(asked(query, uri.getRequestUri()), PathKeys.course(course))
                .map(body -> Conditional.json(body, known));
    }

    @POST
    @Path("{course_key: .+}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "The same with long parameters in a body")
    @APIResponse(responseCode = "200", ref = "CompletionPage")
    public Uni<RestResponse<byte[]>> course(@PathParam("course_key") String course, @BeanParam CompletionQuery query,
            @NotNull CompletionRequest request, @Context UriInfo uri) {
        return pages.course(asked(request.in(query), uri.getRequestUri()), PathKeys.course(course))
                .map(body -> Conditional.json(body, Optional.empty()));
    }

    private Asked asked(CompletionQuery query, URI address) {
        return new Asked(ApiVersion.V1, viewer.get(), query, address);
    }
}
