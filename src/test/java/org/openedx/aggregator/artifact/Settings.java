package org.openedx.aggregator.artifact;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings as an operator would give them. */
record Settings(Path directory, Duration linkLife, Optional<List<String>> linkSecrets, Optional<URI> publicUrl,
        S3Config s3)
        implements
            ArtifactConfig {

    static final String SECRET = "a secret that nothing but tests will use";
    static final String OLD_SECRET = "a secret that nothing but tests once used";

    static Settings in(Path directory) {
        return new Settings(directory, Duration.ofHours(1), Optional.of(List.of(SECRET)), Optional.empty(), S3Settings.NONE);
    }

    Settings withSecrets(String... secrets) {
        return new Settings(directory, linkLife, secrets.length == 0 ? Optional.empty() : Optional.of(List.of(secrets)),
                publicUrl, s3);
    }

    Settings withPublicUrl(String url) {
        return new Settings(directory, linkLife, linkSecrets, Optional.of(URI.create(url)), s3);
    }

    Settings withLinkLife(Duration life) {
        return new Settings(directory, life, linkSecrets, publicUrl, s3);
    }

    Settings withBucket(S3Settings bucket) {
        return new Settings(directory, linkLife, linkSecrets, publicUrl, bucket);
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
