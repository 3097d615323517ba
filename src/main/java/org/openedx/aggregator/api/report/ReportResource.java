package org.openedx.aggregator.api.report;

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
import org.openedx.aggregator.api.completion.Subjects;
import org.openedx.aggregator.api.limit.Allowance;
import org.openedx.aggregator.api.limit.Expense;
import org.openedx.aggregator.api.security.CurrentViewer;
import org.openedx.aggregator.api.security.Viewer;
import org.openedx.aggregator.api.task.CurrentRequester;
import org.openedx.aggregator.api.task.TaskAnswer;
import org.openedx.aggregator.api.task.TaskView;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.report.CompletionReports;
import org.openedx.aggregator.report.ReportRequest;
import org.openedx.aggregator.task.TaskRunningException;
import org.openedx.aggregator.task.TaskStatus;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Has completion reports made, for staff of their courses. */
@Path("/completion-aggregator/v1/reports")
@Authenticated
@Tag(name = "report")
public class ReportResource {

    private static final String CHAPTERS = """
            {"course_keys": ["course-v1:DemoX+CS101+2026"], "requested_fields": ["chapter"], "format": "xlsx"}""";
    private static final String CHOSEN = """
            {"course_keys": ["course-v1:DemoX+CS101+2026", "course-v1:DemoX+CS102+2026"], "cohort": "Red",
             "exclude_roles": ["staff", "instructor"], "columns": ["username", "course_key", "percent"], "format": "csv",
             "bom": true}""";

    private final CompletionReports reports;
    private final Subjects subjects;
    private final CurrentViewer viewer;
    private final CurrentRequester requester;
    private final Allowance allowance;

    ReportResource(CompletionReports reports, Subjects subjects, CurrentViewer viewer, CurrentRequester requester,
            Allowance allowance) {
        this.reports = reports;
        this.subjects = subjects;
        this.viewer = viewer;
        this.requester = requester;
        this.allowance = allowance;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Has a report of some courses made, by a task to which Location leads", description = """
            The file is the task's artifact Output, a few words about it its artifact Summary. Columns: course_key, username,
            user_id, earned, possible, percent, optional_earned, optional_possible, optional_percent, last_completed and, for
            each block of the requested fields, block_earned, block_possible and block_percent. In a CSV file, a text that
            looks like a formula begins with an apostrophe.""")
    @RequestBody(content = @Content(schema = @Schema(implementation = ReportParameters.class), examples = {
            @ExampleObject(name = "chapters", value = CHAPTERS), @ExampleObject(name = "chosen", value = CHOSEN) }))
    @APIResponseSchema(value = TaskView.class, responseCode = "202", responseDescription = "The task")
    @APIResponse(responseCode = "400", description = "What is wrong, by parameter")
    @APIResponse(responseCode = "403", description = "The caller is not staff of all of the courses")
    @APIResponse(responseCode = "409", description = "The same report is being made; Location leads to the task")
    public Uni<RestResponse<TaskView>> report(@NotNull ReportParameters parameters, @Context UriInfo uri,
            @Context HttpHeaders headers) {
        return start(parameters)
                .map(task -> TaskAnswer.accepted(task, uri, headers));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The same from a form; leads to the page of the task")
    @APIResponse(responseCode = "303", description = "The page of the task, also of one that makes the same report already")
    public Uni<RestResponse<Void>> report(ReportForm form) {
        return start(form.parameters())
                .map(TaskStatus::uuid)
                .onFailure(TaskRunningException.class)
                .recoverWithItem(TaskRunningException::running)
                .map(TaskAnswer::page);
    }

    private Uni<TaskStatus> start(ReportParameters parameters) {
        var request = parameters.request();
        var owner = requester.get();
        var asking = viewer.get();
        return requireStaff(asking, request)
                .invoke(() -> allowance.spend(asking, Expense.WORK))
                .chain(() -> reports.start(owner, request));
    }

    private Uni<Void> requireStaff(Viewer asking, ReportRequest request) {
        return Multi.createFrom()
                .iterable(request.courses())
                .onItem()
                .transformToUniAndConcatenate(course -> requireStaff(asking, course))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> requireStaff(Viewer asking, CourseKey course) {
        return subjects.requireStaff(asking, course);
    }
}
