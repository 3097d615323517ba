package org.openedx.aggregator.api.status;

import java.util.List;
import java.util.Optional;

import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.openedx.aggregator.aggregation.CourseNotFoundException;
import org.openedx.aggregator.api.completion.InvalidParameterException;
import org.openedx.aggregator.api.completion.PathKeys;
import org.openedx.aggregator.api.limit.Allowance;
import org.openedx.aggregator.api.limit.Expense;
import org.openedx.aggregator.api.page.PageQuery;
import org.openedx.aggregator.api.security.CurrentViewer;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.KeyIds;
import org.openedx.aggregator.stale.ParkedEnrollments;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Enrolments that could not be computed. For staff. */
@Path("/completion-aggregator/v1/status/parked")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "status")
public class ParkedResource {

    private static final int ACCEPTED = 202;

    private final ParkedEnrollments parked;
    private final KeyIds keyIds;
    private final CurrentViewer viewer;
    private final Allowance allowance;

    ParkedResource(ParkedEnrollments parked, KeyIds keyIds, CurrentViewer viewer, Allowance allowance) {
        this.parked = parked;
        this.keyIds = keyIds;
        this.viewer = viewer;
        this.allowance = allowance;
    }

    /** Either those of some courses or all of them. */
    public record Request(@JsonProperty("course_keys") List<String> courseKeys, boolean all) {
    }

    /** How many enrolments are tried again. */
    public record Answer(long enrollments) {
    }

    @GET
    @Operation(summary = "The enrolments that could not be computed, with the reasons")
    public Uni<StatusPage<ParkedView>> list(@QueryParam("page") Optional<String> page,
            @QueryParam("page_size") Optional<String> size, @Context UriInfo uri) {
        viewer.get().requireStaff();
        return StatusPage.of(PageQuery.of(page, size), uri.getRequestUri(), parked.count(),
                (offset, limit) -> parked.page(offset, limit).map(ParkedView::of));
    }

    @POST
    @Path("retry")
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(ACCEPTED)
    @Operation(summary = "Has the parked enrolments of some courses, or all, tried again at once")
    public Uni<Answer> retry(@NotNull Request request) {
        allowance.spend(viewer.get().requireStaff(), Expense.WORK);
        return retried(request)
                .map(Answer::new);
    }

    private Uni<Long> retried(Request request) {
        if (request.all() == (request.courseKeys() != null)) {
            throw new InvalidParameterException("Give either \"course_keys\" or \"all\": true.");
        }
        return request.all() ? parked.retryAll() : ids(request.courseKeys()).chain(parked::retry);
    }

    private Uni<List<Integer>> ids(List<String> courseKeys) {
        return Multi.createFrom()
                .items(courseKeys.stream().map(String::valueOf).distinct().map(PathKeys::course).toList().stream())
                .onItem()
                .transformToUniAndConcatenate(this::id)
                .collect()
                .asList();
    }

    private Uni<Integer> id(CourseKey course) {
        return keyIds.find(course)
                .map(found -> require(found, course));
    }

    private static int require(Optional<Integer> id, CourseKey course) {
        return id.orElseThrow(() -> new CourseNotFoundException(course));
    }
}
