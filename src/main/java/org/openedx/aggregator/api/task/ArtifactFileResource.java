package org.openedx.aggregator.api.task;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.PathPart;
import org.jboss.resteasy.reactive.RestResponse;
import org.openedx.aggregator.artifact.ArtifactFile;
import org.openedx.aggregator.artifact.ArtifactFiles;
import org.openedx.aggregator.artifact.ArtifactLink;

import io.smallrye.mutiny.Uni;

/** The files that tasks have made, for whoever has a link to one. The link says who may; there is no token. */
@Path("/api/tasks/v0/files/{key: .+}")
@PermitAll
@Tag(name = "tasks")
public class ArtifactFileResource {

    private final ArtifactFiles files;

    ArtifactFileResource(ArtifactFiles files) {
        this.files = files;
    }

    @GET
    @Operation(summary = "The file of a signed link, or a part of it")
    public Uni<RestResponse<PathPart>> get(@PathParam("key") String key,
            @DefaultValue("") @QueryParam("expires") String expires,
            @DefaultValue("") @QueryParam("name") String name,
            @DefaultValue("") @QueryParam("type") String type,
            @DefaultValue("") @QueryParam("signature") String signature,
            @Context HttpHeaders headers) {
        return find(key, expires, name, type, signature).map(file -> new FileAnswer(file, headers).toGet());
    }

    @HEAD
    @Operation(summary = "What there is to say about the file of a signed link")
    public Uni<RestResponse<PathPart>> head(@PathParam("key") String key,
            @DefaultValue("") @QueryParam("expires") String expires,
            @DefaultValue("") @QueryParam("name") String name,
            @DefaultValue("") @QueryParam("type") String type,
            @DefaultValue("") @QueryParam("signature") String signature,
            @Context HttpHeaders headers) {
        return find(key, expires, name, type, signature).map(file -> new FileAnswer(file, headers).toHead());
    }

    private Uni<ArtifactFile> find(String key, String expires, String name, String type, String signature) {
        return files.find(new ArtifactLink(key, expires, name, type), signature);
    }
}
