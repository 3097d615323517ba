package org.openedx.aggregator.api.error;

import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;

import org.openedx.aggregator.api.security.CurrentViewer;
import org.openedx.aggregator.api.security.Viewer;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** Goes wrong in every way a real resource can. */
@Path("/test/errors")
@Produces(MediaType.APPLICATION_JSON)
public class ErrorsResource {

    private final CurrentViewer viewer;

    ErrorsResource(CurrentViewer viewer) {
        this.viewer = viewer;
    }

    @GET
    @Path("anybody")
    public String anybody() {
        return "{}";
    }

    @GET
    @Path("anybody/name")
    public String nameOfAnybody() {
        return viewer.username();
    }

    @GET
    @Path("me")
    @Authenticated
    public Uni<Viewer> me() {
        return Uni.createFrom().item(viewer::get);
    }

    @GET
    @Path("staff")
    @Authenticated
    public Uni<String> staff() {
        return Uni.createFrom().item(() -> viewer.get().requireStaff().username());
    }

    @GET
    @Path("text")
    @Authenticated
    @Produces(MediaType.TEXT_PLAIN)
    public String text() {
        return viewer.username();
    }

    @POST
    @Path("marks")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Mark> mark(@NotNull @Valid Mark mark) {
        return Uni.createFrom().item(mark);
    }

    @GET
    @Path("page")
    public int page(@QueryParam("page") @Positive int page) {
        return page;
    }

    @GET
    @Path("result")
    @Positive
    public int result() {
        return -1;
    }

    @GET
    @Path("{id}")
    public String byId(UUID id) {
        return id.toString();
    }

    @GET
    @Path("broken")
    public Uni<String> broken() {
        return Uni.createFrom().failure(new IllegalStateException("secret detail"));
    }

    @GET
    @Path("unavailable")
    public String unavailable() {
        throw new ServiceUnavailableException(7L);
    }

    public record Mark(@Max(1) double completion, @NotBlank String block, Label label, List<Integer> counts, boolean done) {
    }

    public record Label(String text) {
        public Label {
            if (text.isBlank()) {
                throw new IllegalArgumentException("A label says something.");
            }
        }
    }
}
