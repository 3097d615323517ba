package org.openedx.aggregator.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsrfTokenTest {

    private static final String SECRET = "abcdefghijklmnopqrstuvwxyzABCDEF";

    @Test
    void each_random_token_is_another_one() {
        // Given
        var random = new SecureRandom();

        // When
        var tokens = Stream.generate(() -> CsrfToken.random(random).secret()).limit(1_000).collect(Collectors.toSet());

        // Then
        assertThat(tokens).hasSize(1_000).allMatch(secret -> secret.matches("[a-zA-Z0-9]{32}"));
    }

    @Test
    void a_bare_secret_matches_itself() {
        assertThat(CsrfToken.read(SECRET)).hasValueSatisfying(
                token -> assertThat(token.matches(new CsrfToken(SECRET))).isTrue());
    }

    @Test
    void another_secret_does_not_match() {
        assertThat(CsrfToken.read("Z" + SECRET.substring(1))).hasValueSatisfying(
                token -> assertThat(token.matches(new CsrfToken(SECRET))).isFalse());
    }

    @Test
    void a_secret_behind_a_mask_of_django_is_found() {
        // Given
        var mask = "c".repeat(31) + "9";
        var shifted = "cdefghijklmnopqrstuvwxyzABCDEFGE";

        // When
        var token = CsrfToken.read(mask + shifted);

        // Then
        assertThat(token).contains(new CsrfToken(SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "short", "abcdefghijklmnopqrstuvwxyzABCDE", "abcdefghijklmnopqrstuvwxyzABCDEFG",
            "abcdefghijklmnopqrstuvwxyzABCD-_", "abcdefghijklmnopqrstuvwxyzABCDE\u00e9",
            "abcdefghijklmnopqrstuvwxyzABC\r\nX" })
    void what_has_another_form_is_no_token(String text) {
        assertThat(CsrfToken.read(text)).isEmpty();
    }

    @Test
    void a_token_does_not_get_into_the_log() {
        assertThat(new CsrfToken(SECRET)).asString().doesNotContain(SECRET);
    }
}
