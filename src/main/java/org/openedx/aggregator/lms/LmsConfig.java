package org.openedx.aggregator.lms;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where the LMS is, and how patiently it is asked. */
@ConfigMapping(prefix = "aggregator.lms")
interface LmsConfig {

    /** Such as {@code https://lms.example.org}. Without it nothing is fetched; requests wait. */
    Optional<URI> url();

    /** The OAuth application with the grant type client credentials; its user must be global staff. */
    Optional<String> clientId();

    Optional<String> clientSecret();

    /** The configuration of Quarkus's TLS registry to trust the LMS with; without it, the default one's or Java's. */
    Optional<String> tlsConfigurationName();

    /** How long a connection may take. */
    @WithDefault("5s")
    Duration connectTimeout();

    /** How long the LMS may be silent: it computes the blocks of a large course before it sends the first byte. */
    @WithDefault("60s")
    Duration timeout();

    /** How long fetching one course may take with all its repetitions. Shorter than {@code aggregator.structure.lease}. */
    @WithDefault("4m")
    Duration fetchTimeout();

    /** The longest answer that is read, unpacked; it passes through memory in small pieces. */
    @WithDefault("128M")
    MemorySize maxAnswer();

    /** How many courses this replica fetches at once; each costs the LMS a worker for seconds. */
    @WithDefault("2")
    @Positive
    @Max(64)
    int parallelFetches();

    /** How often one request is repeated at once, when the LMS is unreachable, overloaded or broken. */
    @WithDefault("2")
    @PositiveOrZero
    @Max(10)
    int repetitions();

    /** The first wait before such a repetition; it doubles, and each is between half and one and a half of that. */
    @WithDefault("1s")
    Duration repetitionAfter();

    /**
     * The longest wait an overloaded LMS can ask for ({@code Retry-After}) that is waited; a longer one puts the course off.
     */
    @WithDefault("15s")
    Duration longestRepetition();

    /** After how many failures in a row the LMS is left alone. */
    @WithDefault("5")
    @Positive
    int breakerFailures();

    /** For how long; then one request tries whether it is back. */
    @WithDefault("30s")
    Duration breakerPause();

    /** How often this replica looks for courses to be fetched; {@code off} for one that fetches none. */
    @WithDefault("2s")
    String every();

    /** After what time a stored structure is compared with the LMS's; for some courses up to a fifth sooner. */
    @WithDefault("6h")
    Duration reconcileAfter();

    /** How often one replica compares the courses whose turn it is; {@code off} if this one shall not. */
    @WithDefault("1m")
    String reconcileEvery();

    /** How many that are each time, at most: with the defaults 7,200 courses in six hours. */
    @WithDefault("20")
    @Positive
    int reconcileCourses();
}
