package org.openedx.aggregator.api.completion;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.openedx.aggregator.api.limit.Allowance;
import org.openedx.aggregator.api.limit.Expense;
import org.openedx.aggregator.api.security.CurrentViewer;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.progress.CourseStatistics;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** Means over the learners of a course, for its staff. */
@Path("/completion-aggregator/v1/stats")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "completion")
public class StatsResource {

    private final CourseStatistics statistics;
    private final Subjects subjects;
    private final CurrentViewer viewer;
    private final Allowance allowance;

    StatsResource(CourseStatistics statistics, Subjects subjects, CurrentViewer viewer, Allowance allowance) {
        this.statistics = statistics;
        this.subjects = subjects;
        this.viewer = viewer;
        this.allowance = allowance;
    }

    @GET
    @Path("{course_key: .+}")
    @Operation(summary = "The mean completion of a course's learners, of one cohort, without some roles")
    public Uni<StatsView> stats(@PathParam("course_key") String course, @QueryParam("cohorts") String cohorts,
            @QueryParam("exclude_roles") String excludeRoles, @QueryParam("requested_fields") String requestedFields) {
        var courseKey = PathKeys.course(course);
        var asking = viewer.get();
        return subjects.requireStaff(asking, courseKey)
                .invoke(() -> allowance.spend(asking, Expense.LIST))
                .invoke(() -> requireNone(requestedFields))
                .chain(() -> stats(courseKey, cohort(cohorts), roles(excludeRoles)));
    }

    private Uni<StatsView> stats(CourseKey course, OptionalLong cohort, List<String> excludedRoles) {
        return statistics.mean(course, cohort, excludedRoles)
                .map(mean -> StatsView.of(course, mean));
    }

    // There is one mean for a course; fields of single blocks or learners have no place beside it.
    private static void requireNone(String requestedFields) {
        if (requestedFields != null && !requestedFields.isEmpty()) {
            throw new InvalidParameterException("Invalid requested_fields value(s): {'"
                    + CompletionQuery.shortened(requestedFields) + "'}");
        }
    }

    private static OptionalLong cohort(String text) {
        if (text == null || text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new InvalidParameterException("Invalid cohorts value: '" + CompletionQuery.shortened(text) + "'.");
        }
    }

    private static List<String> roles(String text) {
        return text == null ? List.of() : Arrays.stream(text.split(",")).filter(role -> !role.isEmpty()).toList();
    }
}
