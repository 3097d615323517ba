package org.openedx.aggregator.api.security;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Where the micro-frontends of Open edX fetch a token before they change anything. For everybody. */
@Path("/csrf/api/v1/token")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "browser")
public class CsrfTokenResource {

    private final CsrfTokens tokens;

    CsrfTokenResource(CsrfTokens tokens) {
        this.tokens = tokens;
    }

    /** The token to be sent back as {@code X-CSRFToken}. */
    public record Answer(String csrfToken) {
    }

    @GET
    @Operation(summary = "A token for changes with cookies, and the csrftoken cookie that goes with it")
    public RestResponse<Answer> token(@HeaderParam(HttpHeaders.COOKIE) List<String> cookies) {
        var issued = tokens.issue(cookies);
        return ResponseBuilder.ok(new Answer(issued.token()))
                .cookie(issued.cookie())
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .build();
    }
}
