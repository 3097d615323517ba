package org.openedx.aggregator.api.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.openedx.aggregator.api.security.Tokens.KEY;
import static org.openedx.aggregator.api.security.Tokens.NOON;
import static org.openedx.aggregator.api.security.Tokens.ONE_O_CLOCK;
import static org.openedx.aggregator.api.security.Tokens.OTHER_KEY;
import static org.openedx.aggregator.api.security.Tokens.THIRD_KEY;
import static org.openedx.aggregator.api.security.Tokens.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkus.security.AuthenticationFailedException;

class TokenVerifierTest {

    private static final String INVALID = "Invalid token.";
    private static final String EXPIRED = "Token has expired.";
    private static final String SECRET = "twenty-character-key";
    private static final FakeAuthConfig KEYS = FakeAuthConfig.withKeys(Tokens.jwkSet(KEY));
    private static final Viewer ALICE = new Viewer("alice", false, false, OptionalLong.of(42));

    private final MovableClock clock = new MovableClock(NOON);

    static Stream<Arguments> good() {
        return Stream.of(
                arguments("a cookie's token", token().signed(), ALICE),
                arguments("RS256", token().signed("RS256", KEY.getPrivateKey()), ALICE),
                arguments("an unknown key id", token().keyId("somebody").signed(), ALICE),
                arguments("the second issuer", token().with("iss", "https://other.example.org/oauth2").signed(), ALICE),
                arguments("one audience of several", token().with("aud", List.of("x", Tokens.AUDIENCE)).signed(), ALICE),
                arguments("no version", token().without("version").signed(), ALICE),
                arguments("a later minor version", token().with("version", "1.9.3").signed(), ALICE),
                arguments("no is_restricted", token().without("is_restricted").signed(), ALICE),
                arguments("the older name of the user",
                        token().without("preferred_username").with("username", "alice").signed(), ALICE),
                arguments("both names of the user", token().with("username", "bob").signed(), ALICE),
                arguments("a service account's token", token().without("user_id").signed(),
                        new Viewer("alice", false, false, OptionalLong.empty())),
                arguments("a program's own token", token().with("grant_type", "client-credentials").signed(),
                        new Viewer("alice", false, false, OptionalLong.of(42), true, Optional.empty())),
                arguments("no profile scope", token().without("administrator").without("superuser").signed(), ALICE),
                arguments("an address", token().with("email", "a@example.org").signed(),
                        new Viewer("alice", false, false, OptionalLong.of(42), false, Optional.of("a@example.org"))),
                arguments("an address that was not verified",
                        token().with("email", "a@example.org").with("email_verified", false).signed(), ALICE),
                arguments("staff", token().with("administrator", true).signed(),
                        new Viewer("alice", true, false, OptionalLong.of(42))),
                arguments("a superuser is staff", token().with("superuser", true).signed(),
                        new Viewer("alice", true, true, OptionalLong.of(42))),
                arguments("a letter beyond ASCII", token().with("preferred_username", "zoë").signed(),
                        new Viewer("zoë", false, false, OptionalLong.of(42))));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                arguments("expired", token().with("exp", NOON.minusSeconds(2).getEpochSecond()).signed(), EXPIRED),
                arguments("never expires", token().without("exp").signed(), INVALID),
                arguments("no iat", token().without("iat").signed(), INVALID),
                arguments("unsigned", token().signed("none", null), INVALID),
                arguments("another key", token().signed("RS512", OTHER_KEY.getPrivateKey()), INVALID),
                arguments("expired and forged",
                        token().with("exp", 1).signed("RS512", OTHER_KEY.getPrivateKey()), INVALID),
                arguments("an algorithm the LMS does not use", token().signed("RS384", KEY.getPrivateKey()), INVALID),
                arguments("PSS instead of PKCS 1", token().signed("PS512", KEY.getPrivateKey()), INVALID),
                arguments("HS256 with the modulus as secret",
                        token().signed("HS256", new HmacKey(KEY.getRsaPublicKey().getModulus().toByteArray())), INVALID),
                arguments("HS256 with the DER of the RSA key as secret",
                        token().signed("HS256", new HmacKey(KEY.getRsaPublicKey().getEncoded())), INVALID),
                arguments("HS256 with the PEM of the RSA key as secret",
                        token().signed("HS256", new HmacKey(pem().getBytes(UTF_8))), INVALID),
                arguments("HS256 with the key set as secret", token().signedWithSecret(Tokens.jwkSet(KEY)), INVALID),
                arguments("HS256 with a secret nobody configured", token().signedWithSecret(SECRET), INVALID),
                arguments("another issuer", token().with("iss", "https://evil.example.org/oauth2").signed(), INVALID),
                arguments("no issuer", token().without("iss").signed(), INVALID),
                arguments("another audience", token().with("aud", "ecommerce").signed(), INVALID),
                arguments("no audience", token().without("aud").signed(), INVALID),
                arguments("the next major version", token().with("version", "2.0.0").signed(), INVALID),
                arguments("no version number", token().with("version", "latest").signed(), INVALID),
                arguments("a version that is no text", token().with("version", 1).signed(), INVALID),
                arguments("restricted", token().with("is_restricted", true).signed(), INVALID),
                arguments("perhaps restricted", token().with("is_restricted", "true").signed(), INVALID),
                arguments("no user", token().without("preferred_username").signed(), INVALID),
                arguments("a blank user", token().with("preferred_username", " ").signed(), INVALID),
                arguments("a numeric user", token().with("preferred_username", 7).signed(), INVALID),
                arguments("not yet valid", token().with("nbf", ONE_O_CLOCK.getEpochSecond()).signed(), INVALID),
                arguments("a signature cut short", token().signed().replaceAll(".{9}$", ""), INVALID),
                arguments("a changed payload", changed(token().signed()), INVALID),
                arguments("two parts", "abc.def", INVALID),
                arguments("five parts", "a.b.c.d.e", INVALID),
                arguments("an opaque OAuth2 token", "kZ0rY6bq3vXw", INVALID),
                arguments("padded", token().signed() + "==", INVALID),
                arguments("letters that decoders skip", token().signed() + " !", INVALID),
                arguments("a line of its own", token().signed() + "\n", INVALID),
                arguments("longer than any of the LMS", token().with("roles", "x".repeat(8_192)).signed(), INVALID),
                arguments("a header that brings its own key",
                        token().ownKey(OTHER_KEY).signed("RS512", OTHER_KEY.getPrivateKey()),
                        INVALID),
                arguments("a key id that is a path",
                        token().keyId("../../dev/null").signed("HS256", new HmacKey(new byte[1])), INVALID),
                arguments("an expiry beyond time", token().with("exp", Long.MAX_VALUE).signed(), INVALID),
                arguments("nothing", "", INVALID));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void a_good_token_names_its_viewer(String name, String token, Viewer expected) {
        // When
        var viewer = verifier(KEYS).verify(token);

        // Then
        assertThat(viewer).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void a_bad_token_is_refused(String name, String token, String detail) {
        // Given
        var verifier = verifier(KEYS);

        // Then
        assertThatThrownBy(() -> verifier.verify(token))
                .isInstanceOf(AuthenticationFailedException.class)
                .hasMessage(detail);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void a_configured_secret_opens_no_other_door(String name, String token, String detail) {
        // Given
        var verifier = verifier(KEYS.andSecret("quite another secret"));

        // Then
        assertThatThrownBy(() -> verifier.verify(token))
                .isInstanceOf(AuthenticationFailedException.class)
                .hasMessage(detail);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void a_second_key_opens_no_other_door(String name, String token, String detail) {
        // Given
        var verifier = verifier(FakeAuthConfig.withKeys(Tokens.jwkSet(THIRD_KEY, KEY)));

        // Then
        assertThatThrownBy(() -> verifier.verify(token))
                .isInstanceOf(AuthenticationFailedException.class)
                .hasMessage(detail);
    }

    @Test
    void every_key_of_the_set_is_tried() {
        // Given
        var verifier = verifier(FakeAuthConfig.withKeys(Tokens.jwkSet(OTHER_KEY, KEY)));

        // When
        var viewer = verifier.verify(token().signed());

        // Then
        assertThat(viewer).isEqualTo(ALICE);
    }

    @Test
    void a_token_signed_by_none_of_several_keys_is_refused() {
        // Given
        var verifier = verifier(FakeAuthConfig.withKeys(Tokens.jwkSet(OTHER_KEY, KEY)));
        // Then
        assertThatThrownBy(() -> verifier.verify(token().signed("RS512", THIRD_KEY.getPrivateKey()))).hasMessage(INVALID);
    }

    @Test
    void keys_may_come_from_a_file(@TempDir Path directory) throws IOException {
        // Given
        var file = Files.writeString(directory.resolve("keys.json"), Tokens.jwkSet(KEY));
        var verifier = verifier(new FakeAuthConfig(Optional.empty(), Optional.of(file), Optional.empty()));

        // When
        var viewer = verifier.verify(token().signed());

        // Then
        assertThat(viewer).isEqualTo(ALICE);
    }

    @Test
    void a_configured_secret_verifies_hs256_even_if_it_is_as_short_as_the_one_of_tutor() {
        // Given
        var verifier = verifier(KEYS.andSecret(SECRET));

        // When
        var viewer = verifier.verify(token().signedWithSecret(SECRET));

        // Then
        assertThat(viewer).isEqualTo(ALICE);
    }

    @Test
    void a_secret_alone_verifies_no_rsa_token() {
        // Given
        var verifier = verifier(FakeAuthConfig.withSecret(SECRET));

        // Then
        assertThatThrownBy(() -> verifier.verify(token().signed())).hasMessage(INVALID);
    }

    @Test
    void no_key_at_all_stops_the_start() {
        // Given
        var config = new FakeAuthConfig(Optional.empty(), Optional.empty(), Optional.empty());

        // Then
        assertThatThrownBy(() -> verifier(config)).hasMessageContaining("aggregator.auth.jwk-set");
    }

    @Test
    void keys_of_other_kinds_do_not_count() throws Exception {
        // Given
        var curve = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        var config = FakeAuthConfig.withKeys(new JsonWebKeySet(curve).toJson());

        // Then
        assertThatThrownBy(() -> verifier(config)).hasMessageContaining("No key");
    }

    @Test
    void a_key_that_can_be_broken_stops_the_start() throws Exception {
        // Given
        var weak = RsaJwkGenerator.generateJwk(1024);

        // Then
        assertThatThrownBy(() -> verifier(FakeAuthConfig.withKeys(Tokens.jwkSet(weak)))).hasMessageContaining("2048 bits");
    }

    @Test
    void a_secret_that_can_be_guessed_stops_the_start() {
        assertThatThrownBy(() -> verifier(KEYS.andSecret("secret"))).hasMessageContaining("symmetric-secret");
    }

    @Test
    void a_token_within_the_leeway_is_accepted() {
        // Given
        clock.moveTo(ONE_O_CLOCK.plusMillis(900));

        // When
        var viewer = verifier(KEYS).verify(token().signed());

        // Then
        assertThat(viewer).isEqualTo(ALICE);
    }

    @Test
    void a_token_after_the_leeway_has_expired() {
        // Given
        clock.moveTo(ONE_O_CLOCK.plusSeconds(1));

        // Then
        assertThatThrownBy(() -> verifier(KEYS).verify(token().signed())).hasMessage(EXPIRED);
    }

    @Test
    void a_known_token_is_answered_from_memory() {
        // Given
        var verifier = verifier(KEYS);
        var first = verifier.verify(token().signed());
        clock.moveTo(ONE_O_CLOCK.minusSeconds(1));

        // When
        var second = verifier.verify(token().signed());

        // Then
        assertThat(second).isSameAs(first);
    }

    @Test
    void a_known_token_expires_all_the_same() {
        // Given
        var verifier = verifier(KEYS);
        var token = token().signed();
        verifier.verify(token);
        clock.moveTo(ONE_O_CLOCK.plusSeconds(1));

        // Then
        assertThatThrownBy(() -> verifier.verify(token)).hasMessage(EXPIRED);
    }

    private TokenVerifier verifier(AuthConfig config) {
        return new TokenVerifier(config, clock);
    }

    private static String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(KEY.getRsaPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static String changed(String token) {
        var parts = token.split("\\.");
        var mallory = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("alice", "admin");
        return parts[0] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mallory.getBytes(UTF_8)) + "."
                + parts[2];
    }
}
