package org.openedx.aggregator.api.security;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

record FakeAuthConfig(Optional<String> jwkSet, Optional<Path> jwkSetFile,
        Optional<String> symmetricSecret) implements AuthConfig {

    static FakeAuthConfig withKeys(String jwkSet) {
        return new FakeAuthConfig(Optional.of(jwkSet), Optional.empty(), Optional.empty());
    }

    static FakeAuthConfig withSecret(String secret) {
        return new FakeAuthConfig(Optional.empty(), Optional.empty(), Optional.of(secret));
    }

    FakeAuthConfig andSecret(String secret) {
        return new FakeAuthConfig(jwkSet, jwkSetFile, Optional.of(secret));
    }

    @Override
    public List<String> issuers() {
        return List.of(Tokens.ISSUER, "https://other.example.org/oauth2");
    }

    @Override
    public String audience() {
        return Tokens.AUDIENCE;
    }

    @Override
    public int supportedMajorVersion() {
        return 1;
    }

    @Override
    public Duration leeway() {
        return Duration.ofSeconds(1);
    }
}
