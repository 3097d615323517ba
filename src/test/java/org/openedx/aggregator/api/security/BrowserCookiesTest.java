package org.openedx.aggregator.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserCookiesTest {

    private static final String SECRET = "abcdefghijklmnopqrstuvwxyzABCDEF";
    private static final String OTHER = "ABCDEFghijklmnopqrstuvwxyzabcdef";

    @Test
    void the_two_halves_of_a_token_are_joined() {
        // When
        var cookies = BrowserCookies.in(List.of(
                "sessionid=\"1|x\"; edx-jwt-cookie-signature=sig; edx-jwt-cookie-header-payload=head.pay"));

        // Then
        assertThat(cookies.token()).contains("head.pay.sig");
    }

    @Test
    void halves_in_two_headers_are_joined_too() {
        // When
        var cookies = BrowserCookies.in(List.of("edx-jwt-cookie-header-payload=head.pay", "edx-jwt-cookie-signature=sig"));

        // Then
        assertThat(cookies.token()).contains("head.pay.sig");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ";;=;", "edx-jwt-cookie-header-payload=head.pay", "edx-jwt-cookie-signature=sig",
            "edx-jwt-cookie=head.pay.sig", "xedx-jwt-cookie-header-payload=head.pay; edx-jwt-cookie-signature=sig" })
    void a_half_is_no_token(String header) {
        assertThat(BrowserCookies.in(List.of(header)).token()).isEmpty();
    }

    @Test
    void every_csrf_cookie_counts_and_what_is_none_does_not() {
        // When
        var cookies = BrowserCookies.in(List.of("csrftoken=" + SECRET + "; csrftoken=short; csrftoken=" + OTHER));

        // Then
        assertThat(cookies.csrfTokens()).containsExactlyInAnyOrder(new CsrfToken(SECRET), new CsrfToken(OTHER));
    }

    @Test
    void no_cookies_are_none() {
        assertThat(BrowserCookies.in(List.of()).csrfTokens()).isEmpty();
    }
}
