package org.openedx.aggregator.api.limit;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import io.smallrye.mutiny.Uni;

/** Never answers, as if the database did not. */
@Path("/test/hanging")
public class HangingResource {

    @GET
    public Uni<String> hang() {
        return Uni.createFrom().nothing();
    }

    @POST
    public Uni<Integer> read(byte[] body) {
        return Uni.createFrom().item(body.length);
    }
}
