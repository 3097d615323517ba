package org.openedx.aggregator.dev;

import java.time.Clock;
import java.util.Map;
import java.util.Random;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.ResponseStatus;

import io.quarkus.arc.profile.IfBuildProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;

/** Plays the LMS for who has none: signs tokens and sends events. */
@Path("/dev")
@IfBuildProfile(anyOf = { "dev", "test" })
public class DevResource {

    private static final int ACCEPTED = 202;

    private final Demo demo;
    private final LmsBus bus;
    private final Vertx vertx;
    private final Clock clock;

    DevResource(Demo demo, LmsBus bus, Vertx vertx, Clock clock) {
        this.demo = demo;
        this.bus = bus;
        this.vertx = vertx;
        this.clock = clock;
    }

    /** Where an event lies now. */
    public record Sent(String topic, int partition, long offset) {
    }

    @GET
    @Path("token")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(hidden = true)
    public String token(@QueryParam("username") @NotBlank String username,
            @QueryParam("administrator") @DefaultValue("false") boolean administrator) {
        return DevKeys.token(Map.of("preferred_username", username, "administrator", administrator));
    }

    /** Sends a tracking event as it is: one that cannot be read is for the dead letters, not for us. */
    @POST
    @Path("event")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @ResponseStatus(ACCEPTED)
    @Operation(hidden = true)
    public Uni<Sent> event(@NotNull byte[] event) {
        return vertx.executeBlocking(() -> bus.send(LmsEvents.tracking(event, clock.instant())), false)
                .map(kept -> new Sent(kept.topic(), kept.partition(), kept.offset()));
    }

    @POST
    @Path("traffic")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<TrafficReport> traffic(@BeanParam @Valid TrafficQuery query) {
        return demo.publish()
                .chain(() -> send(query));
    }

    private Uni<TrafficReport> send(TrafficQuery query) {
        return vertx.executeBlocking(() -> sendAll(query), false);
    }

    private TrafficReport sendAll(TrafficQuery query) {
        var now = clock.instant();
        var blocks = DemoCourse.completable();
        var traffic = new Traffic(blocks, query.learners(), query.events(), now, new Random(now.toEpochMilli()));
        bus.sendAll(traffic.records());
        return traffic.report();
    }
}
