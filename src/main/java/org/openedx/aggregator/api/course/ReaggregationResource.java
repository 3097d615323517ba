package org.openedx.aggregator.api.course;

import java.util.List;

import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.openedx.aggregator.aggregation.Reaggregation;
import org.openedx.aggregator.api.completion.PathKeys;
import org.openedx.aggregator.api.security.CurrentViewer;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** Has courses computed again. For staff. */
@Path("/completion-aggregator/v1/reaggregate")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "structure")
public class ReaggregationResource {

    private static final int ACCEPTED = 202;

    private final Reaggregation reaggregation;
    private final CurrentViewer viewer;

    ReaggregationResource(Reaggregation reaggregation, CurrentViewer viewer) {
        this.reaggregation = reaggregation;
        this.viewer = viewer;
    }

    /** Either some courses or all of them. */
    public record Request(@JsonProperty("course_keys") List<String> courseKeys, boolean all) {
    }

    /** How many enrolments will be computed again. */
    public record Answer(long enrollments) {
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(ACCEPTED)
    @Operation(summary = "Marks all active enrolments of some courses, or of all, to be aggregated again")
    public Uni<Answer> reaggregate(@NotNull Request request) {
        viewer.get().requireStaff();
        return marked(request)
                .map(Answer::new);
    }

    private Uni<Long> marked(Request request) {
        if (request.all() == (request.courseKeys() != null)) {
            throw new InvalidReaggregationException();
        }
        return request.all()
                ? reaggregation.ofAll()
                : reaggregation.ofCourses(
                        request.courseKeys().stream().map(String::valueOf).distinct().map(PathKeys::course).toList());
    }
}
