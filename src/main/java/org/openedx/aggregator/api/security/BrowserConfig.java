package org.openedx.aggregator.api.security;

import java.util.List;
import java.util.Optional;

import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.core.NewCookie.SameSite;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * How browsers may call. They send the JWT cookies of the LMS only to hosts below its {@code SHARED_COOKIE_DOMAIN}, so
 * the service lives under {@code *.<LMS_HOST>} or behind a proxy on the LMS host itself.
 */
@ConfigMapping(prefix = "aggregator.browser")
public interface BrowserConfig {

    /** Scheme, host, and port if it is not the usual one; no pattern and no {@code *}, which the CORS filter would take. */
    String ORIGIN = "https?://[a-z0-9.-]+(:[0-9]{1,5})?";
    /** What is said of anything else. */
    String NO_ORIGIN = "must be an origin such as https://apps.lms.example.org, in lower case and without a path";

    /**
     * The origins whose pages may call with cookies and read the answers, in Tutor {@code https://apps.<LMS_HOST>}; each
     * exactly as the browser sends it. The default is none: only pages of the service's own origin. Where a proxy ends
     * TLS the service cannot see its own origin, so it is listed here too if pages are served from it.
     */
    Optional<List<@Pattern(regexp = ORIGIN, message = NO_ORIGIN) String>> origins();

    /**
     * Whether the {@code csrftoken} cookie is sent over https only, and every unsafe request with cookies has to name an
     * allowed {@code Origin} or {@code Referer}. For plain http on a developer's machine alone this is false.
     */
    @WithDefault("true")
    boolean cookieSecure();

    /**
     * Which sites' pages make the browser send the {@code csrftoken} cookie. A sibling host such as
     * {@code apps.lms.example.org} is of the same site, so {@code LAX} does for the micro-frontends of the LMS;
     * {@code NONE}, for pages on a domain of their own, opens the door wider and needs {@link #cookieSecure()}.
     */
    @WithDefault("LAX")
    SameSite cookieSameSite();
}
