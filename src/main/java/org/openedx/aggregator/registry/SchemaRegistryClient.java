package org.openedx.aggregator.registry;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import io.smallrye.mutiny.Uni;

/** The questions we have for a schema registry, as Confluent words them; an authorization that is null is left out. */
@Path("")
@Produces({ "application/vnd.schemaregistry.v1+json", "application/json" })
interface SchemaRegistryClient {

    /** The schema and its kind as JSON. */
    @GET
    @Path("schemas/ids/{id}")
    Uni<Response> schema(@PathParam("id") int id, @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization);

    /** Adds a schema, {@code {"schema": "…"}}, unless the subject has it; the answer is its id, {@code {"id": 7}}. */
    @POST
    @Path("subjects/{subject}/versions")
    @Consumes("application/vnd.schemaregistry.v1+json")
    Uni<Response> register(@PathParam("subject") String subject, String schema,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization);
}
