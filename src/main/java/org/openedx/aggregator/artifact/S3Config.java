package org.openedx.aggregator.artifact;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.WithDefault;

/**
 * A bucket of Amazon S3 or of a store that speaks its protocol. Uploads that die with their replica are taken away by the
 * bucket's own rule {@code AbortIncompleteMultipartUpload}, which an operator should set.
 */
public interface S3Config {

    /** With it files are kept there, without it in the directory. */
    Optional<String> bucket();

    /** Such as {@code https://minio.example.org}; without it Amazon's of the region. */
    Optional<URI> endpoint();

    /** What links start with, where learners reach the store by another address than this service does. */
    Optional<URI> publicEndpoint();

    @WithDefault("us-east-1")
    String region();

    /** Whether the bucket is a part of the path, as most stores but Amazon's want it, and not of the host name. */
    @WithDefault("false")
    boolean pathStyle();

    /** Both keys or neither: without them they are looked for as all of Amazon's tools do (environment, files, host). */
    Optional<String> accessKeyId();

    Optional<String> secretAccessKey();

    /** How long one request may take; it carries 8 MiB at most and is repeated twice. */
    @WithDefault("30s")
    Duration timeout();
}
