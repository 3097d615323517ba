package org.openedx.aggregator.api.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openedx.aggregator.api.security.FakeBrowserConfig.MICRO_FRONTEND;

import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.core.NewCookie.SameSite;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsrfGuardTest {

    private static final String HOST = "completion.lms.example.org";
    private static final String SECRET = "abcdefghijklmnopqrstuvwxyzABCDEF";
    private static final String OTHER = "ABCDEFghijklmnopqrstuvwxyzabcdef";
    private static final List<CsrfToken> COOKIE = List.of(new CsrfToken(SECRET));

    private final CsrfGuard guard = new CsrfGuard(new FakeBrowserConfig(true, SameSite.LAX));
    private final CsrfGuard plainGuard = new CsrfGuard(new FakeBrowserConfig(false, SameSite.LAX));

    @ParameterizedTest
    @ValueSource(strings = { "GET", "HEAD", "OPTIONS", "TRACE" })
    void a_safe_method_needs_nothing(String method) {
        assertThatCode(() -> guard.check(source(method, "http", null, null, null), List.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE", "PROPFIND", "get" })
    void any_other_method_needs_the_token(String method) {
        assertRefused(() -> guard.check(source(method, "https", MICRO_FRONTEND, null, null), COOKIE),
                "CSRF token missing.");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "https://apps.lms.example.org,       -",
            "https://completion.lms.example.org, -",
            "-,                                  https://apps.lms.example.org/learning/course?x=1#y",
            "-,                                  https://completion.lms.example.org/" })
    void the_token_from_an_allowed_page_opens(String origin, String referer) {
        assertThatCode(() -> guard.check(source("POST", "http", origin, referer, SECRET), COOKIE))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://evil.example.org", "http://apps.lms.example.org", "https://apps.lms.example.org:8443",
            "https://apps.lms.example.org.evil.example.org", "http://completion.lms.example.org", "null", "" })
    void a_foreign_origin_is_refused_whatever_it_knows(String origin) {
        assertRefused(() -> guard.check(source("POST", "http", origin, MICRO_FRONTEND + "/", SECRET), COOKIE),
                "Origin checking failed.");
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://evil.example.org/apps.lms.example.org", "http://apps.lms.example.org/",
            "https://apps.lms.example.org@evil.example.org/", "https://x@apps.lms.example.org/", "about:blank", "::", "" })
    void a_foreign_referer_is_refused_on_https(String referer) {
        assertRefused(() -> guard.check(source("POST", "http", null, referer, SECRET), COOKIE),
                "Referer checking failed.");
    }

    @Test
    void a_page_that_hides_where_it_comes_from_is_refused_on_https() {
        assertRefused(() -> guard.check(source("POST", "https", null, null, SECRET), COOKIE),
                "Referer checking failed - no Referer.");
    }

    @Test
    void https_counts_without_secure_cookies_too() {
        assertRefused(() -> plainGuard.check(source("POST", "https", null, null, SECRET), COOKIE),
                "Referer checking failed - no Referer.");
    }

    @Test
    void plain_http_without_secure_cookies_asks_for_no_referer() {
        assertThatCode(() -> plainGuard.check(source("POST", "http", null, null, SECRET), COOKIE))
                .doesNotThrowAnyException();
    }

    @Test
    void a_header_without_a_cookie_is_refused() {
        assertRefused(() -> guard.check(source("POST", "https", MICRO_FRONTEND, null, SECRET), List.of()),
                "CSRF cookie not set.");
    }

    @ParameterizedTest
    @ValueSource(strings = { OTHER, "", "short", SECRET + "x" })
    void a_header_unlike_the_cookie_is_refused(String submitted) {
        assertRefused(() -> guard.check(source("POST", "https", MICRO_FRONTEND, null, submitted), COOKIE),
                "CSRF token from the 'X-Csrftoken' HTTP header incorrect.");
    }

    @Test
    void one_of_several_cookies_of_that_name_is_enough() {
        // Given
        var cookies = List.of(new CsrfToken(OTHER), new CsrfToken(SECRET));

        // Then
        assertThatCode(() -> guard.check(source("POST", "https", MICRO_FRONTEND, null, SECRET), cookies))
                .doesNotThrowAnyException();
    }

    @Test
    void a_cookie_for_foreign_sites_that_is_not_secure_stops_the_start() {
        assertThatThrownBy(() -> new CsrfGuard(new FakeBrowserConfig(false, SameSite.NONE)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cookie-secure");
    }

    private static CsrfGuard.Source source(String method, String scheme, String origin, String referer, String submitted) {
        return new CsrfGuard.Source(method, scheme, HOST, Optional.ofNullable(origin), Optional.ofNullable(referer),
                Optional.ofNullable(submitted));
    }

    private static void assertRefused(Runnable check, String reason) {
        assertThatThrownBy(check::run).isInstanceOf(CsrfFailedException.class).hasMessage("CSRF Failed: " + reason);
    }
}
