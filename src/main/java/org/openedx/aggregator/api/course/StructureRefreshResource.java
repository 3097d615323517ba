package org.openedx.aggregator.api.course;

import java.util.Optional;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.openedx.aggregator.aggregation.CourseNotFoundException;
import org.openedx.aggregator.api.completion.PathKeys;
import org.openedx.aggregator.api.limit.Allowance;
import org.openedx.aggregator.api.limit.Expense;
import org.openedx.aggregator.api.security.CurrentViewer;
import org.openedx.aggregator.api.security.Viewer;
import org.openedx.aggregator.course.StructureState;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.learner.CourseRoles;
import org.openedx.aggregator.lms.StructureRefresh;

import io.quarkus.security.Authenticated;
import io.quarkus.security.ForbiddenException;
import io.smallrye.mutiny.Uni;

/** Has the structure of a course fetched from the LMS. For staff, of the site or of the course. */
@Path("/completion-aggregator/v1/structure/{course_key: .+}/refresh{slash: /?}")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "structure")
public class StructureRefreshResource {

    private static final int ACCEPTED = 202;

    private final StructureRefresh refresh;
    private final CourseRoles roles;
    private final CurrentViewer viewer;
    private final Allowance allowance;

    StructureRefreshResource(StructureRefresh refresh, CourseRoles roles, CurrentViewer viewer, Allowance allowance) {
        this.refresh = refresh;
        this.roles = roles;
        this.viewer = viewer;
        this.allowance = allowance;
    }

    @POST
    @ResponseStatus(ACCEPTED)
    @Operation(summary = "Has the structure fetched from the LMS")
    public Uni<StructureRefreshView> request(@PathParam("course_key") String course) {
        var key = PathKeys.course(course);
        var asking = viewer.get();
        return requireStaff(asking, key)
                .invoke(() -> allowance.spend(asking, Expense.WORK))
                .chain(() -> refresh.request(key))
                .map(state -> view(key, state));
    }

    @GET
    @Operation(summary = "How far the fetching of the structure from the LMS is")
    public Uni<StructureRefreshView> state(@PathParam("course_key") String course) {
        var key = PathKeys.course(course);
        return requireStaff(viewer.get(), key)
                .chain(() -> refresh.state(key))
                .map(state -> view(key, state));
    }

    private Uni<Boolean> requireStaff(Viewer asking, CourseKey course) {
        return (asking.staff() ? Uni.createFrom().item(true) : roles.isStaff(asking.username(), course))
                .invoke(StructureRefreshResource::require);
    }

    private static void require(boolean staff) {
        if (!staff) {
            throw new ForbiddenException("Only staff of the course may have it fetched");
        }
    }

    private static StructureRefreshView view(CourseKey course, Optional<StructureState> state) {
        return StructureRefreshView.of(course, state.orElseThrow(() -> new CourseNotFoundException(course)));
    }
}
