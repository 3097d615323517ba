package org.openedx.aggregator.artifact;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** A bucket as an operator would name it. */
record S3Settings(Optional<String> bucket, Optional<URI> endpoint, Optional<String> accessKeyId,
        Optional<String> secretAccessKey) implements S3Config {

    static final S3Settings NONE = new S3Settings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static S3Settings of(String bucket, URI endpoint, String accessKeyId, String secretAccessKey) {
        return new S3Settings(
                Optional.of(bucket), Optional.of(endpoint), Optional.of(accessKeyId), Optional.of(secretAccessKey));
    }

    @Override
    public Optional<URI> publicEndpoint() {
        return Optional.empty();
    }

    @Override
    public String region() {
        return "us-east-1";
    }

    @Override
    public boolean pathStyle() {
        return true;
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(20);
    }
}
