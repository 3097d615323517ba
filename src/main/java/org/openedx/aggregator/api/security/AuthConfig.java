package org.openedx.aggregator.api.security;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.PositiveOrZero;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whose tokens are believed. The values are those of {@code JWT_AUTH} in the settings of the LMS. */
@ConfigMapping(prefix = "aggregator.auth")
public interface AuthConfig {

    /** The accepted {@code iss} claims, for Tutor {@code https://<LMS_HOST>/oauth2}; a token carries one of them. */
    @NotEmpty
    List<String> issuers();

    /** The expected {@code aud} claim; the default is Tutor's. */
    @NotBlank
    @WithDefault("openedx")
    String audience();

    /**
     * The public keys of the LMS: the JSON text of its setting {@code JWT_PUBLIC_SIGNING_JWK_SET}. There is no address
     * to fetch them from, so a new key has to be configured here before the LMS signs with it; several keys may stand
     * side by side.
     */
    Optional<String> jwkSet();

    /** A file with the same text, for keys mounted as a secret; used when {@link #jwkSet()} is absent. */
    Optional<Path> jwkSetFile();

    /**
     * {@code JWT_SECRET_KEY} of the LMS, which signs the HS256 tokens of ordinary OAuth2 applications. Without it only
     * RS256 and RS512 are accepted, the better choice: whoever can check a symmetric signature can also forge one. The
     * LMS issues only RS512 with {@code JWT_AUTH_FORCE_CREATE_ASYMMETRIC}.
     */
    Optional<String> symmetricSecret();

    /** The highest major number of the {@code version} claim this service understands. */
    @WithDefault("1")
    @PositiveOrZero
    int supportedMajorVersion();

    /** How far the clocks of the LMS and of this service may differ when a token expires; longer trusts dead tokens longer. */
    @WithDefault("1s")
    Duration leeway();
}
