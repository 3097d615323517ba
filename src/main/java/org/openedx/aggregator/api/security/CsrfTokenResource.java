package org.openedx.aggregator.api.security;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Where the micro-frontends of Open edX fetch a token before they change anything. For everybody. */
@Path("/csrf/api/v1/token")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "browser")
public class CsrfTokenResource {

    // Django's: a year of weeks, so that a tab that is opened again still has it.
    private static final Duration AGE = Duration.ofDays(52 * 7);

    private final BrowserConfig config;
    private final RandomGenerator random = new SecureRandom();

    CsrfTokenResource(BrowserConfig config) {
        this.config = config;
    }

    /** The token to be sent back as {@code X-CSRFToken}. */
    public record Answer(String csrfToken) {
    }

    @GET
    @Operation(summary = "A token for changes with cookies, and the csrftoken cookie that goes with it")
    public RestResponse<Answer> token(@HeaderParam(HttpHeaders.COOKIE) List<String> cookies) {
        var token = current(cookies);
        return ResponseBuilder.ok(new Answer(token.secret()))
                .cookie(cookie(token))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .build();
    }

    // A second tab must not make the token of the first one worthless.
    private CsrfToken current(List<String> cookies) {
        return BrowserCookies.in(cookies).csrfTokens().stream()
                .findFirst()
                .orElseGet(() -> CsrfToken.random(random));
    }

    // Scripts of the LMS read this cookie where it is shared with them, so it is not HttpOnly.
    private NewCookie cookie(CsrfToken token) {
        return new NewCookie.Builder(BrowserCookies.CSRF)
                .value(token.secret())
                .path("/")
                .maxAge(Math.toIntExact(AGE.toSeconds()))
                .secure(config.cookieSecure())
                .sameSite(config.cookieSameSite())
                .build();
    }
}
