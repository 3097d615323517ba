package org.openedx.aggregator.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationHeaderTest {

    @ParameterizedTest
    @ValueSource(strings = { "JWT a.b.c", "jwt a.b.c", "Bearer a.b.c", "BEARER   a.b.c", "  JWT a.b.c  " })
    void both_schemes_are_read_in_any_case(String header) {
        assertThat(AuthorizationHeader.token(header)).contains("a.b.c");
    }

    @Test
    void a_scheme_alone_comes_with_an_empty_token() {
        assertThat(AuthorizationHeader.token("JWT")).contains("");
    }

    @ParameterizedTest
    @ValueSource(strings = { "Basic eDp5", "JWTa.b.c", "JW", "a.b.c", "Bearers x", "Token JWT x" })
    void another_scheme_is_nobody(String header) {
        assertThat(AuthorizationHeader.token(header)).isEmpty();
    }
}
