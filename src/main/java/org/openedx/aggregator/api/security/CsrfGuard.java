package org.openedx.aggregator.api.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie.SameSite;

import io.quarkus.runtime.Startup;

/**
 * Refuses changes that a foreign page makes a browser ask for (cross-site request forgery), by the rules of Django: an
 * allowed origin, and the token of the cookie once more in a header or a form. Cookies go along with every request, whoever
 * caused
 * it; an {@code Authorization} header does not, so it needs no guard.
 */
@Startup
@Singleton
class CsrfGuard {

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final Set<String> origins;
    private final boolean secure;

    CsrfGuard(BrowserConfig config) {
        origins = Set.copyOf(config.origins().orElse(List.of()));
        secure = config.cookieSecure();
        if (config.cookieSameSite() == SameSite.NONE && !secure) {
            throw new IllegalStateException(
                    "Browsers drop such a cookie: aggregator.browser.cookie-same-site=NONE needs cookie-secure=true");
        }
    }

    /**
     * What a request says of where it comes from.
     *
     * @param scheme as the service sees it, {@code http} behind a proxy that ends TLS
     * @param authority host, and port if it is not the usual one
     * @param submitted the header {@code X-CSRFToken} or the field of a form
     */
    record Source(String method, String scheme, String authority, Optional<String> origin, Optional<String> referer,
            Optional<String> submitted) {
    }

    /** @throws CsrfFailedException if the request may be forged */
    void check(Source source, List<CsrfToken> cookies) {
        if (SAFE_METHODS.contains(source.method())) {
            return;
        }
        checkOrigin(source);
        checkToken(source.submitted(), cookies);
    }

    private void checkOrigin(Source source) {
        var scheme = secure ? "https" : source.scheme();
        var own = scheme + "://" + source.authority();
        if (source.origin().isPresent()) {
            require(isAllowed(source.origin().get(), own), "Origin checking failed.");
        } else if (scheme.equals("https")) {
            require(source.referer().isPresent(), "Referer checking failed - no Referer.");
            require(isAllowed(originOf(source.referer().get()), own), "Referer checking failed.");
        }
    }

    private boolean isAllowed(String origin, String own) {
        return origin.equals(own) || origins.contains(origin);
    }

    private static String originOf(String referer) {
        try {
            var address = new URI(referer);
            return address.getScheme() + "://" + address.getRawAuthority();
        } catch (URISyntaxException e) {
            return "";
        }
    }

    private static void checkToken(Optional<String> submitted, List<CsrfToken> cookies) {
        require(submitted.isPresent(), "CSRF token missing.");
        require(!cookies.isEmpty(), "CSRF cookie not set.");
        require(submitted.flatMap(CsrfToken::read).filter(token -> cookies.stream().anyMatch(token::matches)).isPresent(),
                "CSRF token from the 'X-Csrftoken' HTTP header incorrect.");
    }

    private static void require(boolean fine, String reason) {
        if (!fine) {
            throw new CsrfFailedException(reason);
        }
    }
}
