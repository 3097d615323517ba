package org.openedx.aggregator.api.security;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;

/** What a browser is given so that it may change something later. */
@Singleton
public class CsrfTokens {

    // Django's: a year of weeks, so that a tab that is opened again still has it.
    private static final Duration AGE = Duration.ofDays(52 * 7);

    private final BrowserConfig config;
    private final RandomGenerator random = new SecureRandom();

    CsrfTokens(BrowserConfig config) {
        this.config = config;
    }

    /**
     * A token and the cookie that has to come back with it.
     *
     * @param token to be sent back as the header {@code X-CSRFToken} or in a form, as {@link #FIELD}
     */
    public record Issued(String token, NewCookie cookie) {

        /** What a form calls the token, in the words of Django. */
        public static final String FIELD = "csrfmiddlewaretoken";
    }

    /** @param cookies the values of the headers {@code Cookie} */
    public Issued issue(List<String> cookies) {
        var token = current(cookies);
        return new Issued(token.secret(), cookie(token));
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
