package org.openedx.aggregator.artifact;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings as an operator would give them. */
record Settings(Path directory, Duration linkLife, Optional<List<String>> linkSecrets, Optional<URI> publicUrl)
        implements
            ArtifactConfig {

    static final String SECRET = "a secret that only tests use, no. 1";
    static final String OLD_SECRET = "a secret that only tests used, 0";

    static Settings in(Path directory) {
        return new Settings(directory, Duration.ofHours(1), Optional.of(List.of(SECRET)), Optional.empty());
    }

    Settings withSecrets(String... secrets) {
        return new Settings(directory, linkLife, secrets.length == 0 ? Optional.empty() : Optional.of(List.of(secrets)),
                publicUrl);
    }

    Settings withPublicUrl(String url) {
        return new Settings(directory, linkLife, linkSecrets, Optional.of(URI.create(url)));
    }

    @Override
    public String sweepEvery() {
        return "off";
    }

    @Override
    public Duration leftoverAge() {
        return Duration.ofHours(6);
    }
}
