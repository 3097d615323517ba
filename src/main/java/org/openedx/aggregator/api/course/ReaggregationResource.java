package org.openedx.aggregator.api.course;

import java.util.List;

import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.openedx.aggregator.aggregation.Reaggregation;
import org.openedx.aggregator.api.completion.PathKeys;
import org.openedx.aggregator.api.limit.Allowance;
import org.openedx.aggregator.api.limit.Expense;
import org.openedx.aggregator.api.security.CurrentViewer;
import org.openedx.aggregator.api.task.CurrentRequester;
import org.openedx.aggregator.api.task.TaskAnswer;
import org.openedx.aggregator.api.task.TaskView;
import org.openedx.aggregator.task.Requester;
import org.openedx.aggregator.task.TaskStatus;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** Has courses computed again. For staff. */
@Path("/completion-aggregator/v1/reaggregate")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "structure")
public class ReaggregationResource {

    private final Reaggregation reaggregation;
    private final CurrentViewer viewer;
    private final CurrentRequester requester;
    private final Allowance allowance;

    ReaggregationResource(Reaggregation reaggregation, CurrentViewer viewer, CurrentRequester requester, Allowance allowance) {
        this.reaggregation = reaggregation;
        this.viewer = viewer;
        this.requester = requester;
        this.allowance = allowance;
    }

    /** Either some courses or all of them. */
    public record Request(@JsonProperty("course_keys") List<String> courseKeys, boolean all) {
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Has some courses, or all, computed again, by a task to which Location leads", description = """
            For several courses the task is a group. It is done when all enrolments are computed. Who asks again while it runs
            gets the same task.""")
    @RequestBody(content = @Content(schema = @Schema(implementation = Request.class), examples = {
            @ExampleObject(name = "courses", value = "{\"course_keys\": [\"course-v1:DemoX+CS101+2026\"]}"),
            @ExampleObject(name = "all", value = "{\"all\": true}") }))
    @APIResponseSchema(value = TaskView.class, responseCode = "202", responseDescription = "The task")
    public Uni<RestResponse<TaskView>> reaggregate(@NotNull Request request, @Context UriInfo uri,
            @Context HttpHeaders headers) {
        allowance.spend(viewer.get().requireStaff(), Expense.WORK);
        return started(request, requester.get())
                .map(task -> TaskAnswer.accepted(task, uri, headers));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "The same from a form; leads to the page of the task")
    @APIResponse(responseCode = "303", description = "The page of the task")
    public Uni<RestResponse<Void>> reaggregate(ReaggregationForm form) {
        allowance.spend(viewer.get().requireStaff(), Expense.WORK);
        return started(form.request(), requester.get())
                .map(TaskStatus::uuid)
                .map(TaskAnswer::page);
    }

    private Uni<TaskStatus> started(Request request, Requester requester) {
        if (request.all() == (request.courseKeys() != null)) {
            throw new InvalidReaggregationException();
        }
        return request.all()
                ? reaggregation.ofAll(requester)
                : reaggregation.ofCourses(requester,
                        request.courseKeys().stream().map(String::valueOf).distinct().map(PathKeys::course).toList());
    }
}
