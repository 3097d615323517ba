package org.openedx.aggregator.event;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import io.smallrye.mutiny.Uni;

/** The one question we have for a schema registry, as Confluent words it. */
@Path("schemas/ids")
interface SchemaRegistryClient {

    /** The schema and its kind as JSON; an authorization that is null is left out. */
    @GET
    @Path("{id}")
    @Produces({ "application/vnd.schemaregistry.v1+json", "application/json" })
    Uni<Response> schema(@PathParam("id") int id, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization);
}
