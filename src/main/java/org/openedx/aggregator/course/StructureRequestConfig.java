package org.openedx.aggregator.course;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How soon a requested structure is fetched, and how soon again if that fails. */
@ConfigMapping(prefix = "aggregator.structure")
interface StructureRequestConfig {

    /** How long a course must have been quiet before it is fetched: an author's publish makes a burst of events. */
    @WithDefault("5s")
    Duration quietTime();

    /** The longest time requests that follow each other can put a fetch off. */
    @WithDefault("60s")
    Duration longestWait();

    /**
     * How long a worker may take for one course before others take it over. Longer than {@code aggregator.lms.fetch-timeout}
     * and what storing takes.
     */
    @WithDefault("5m")
    Duration lease();

    /** The first wait after a failure; it doubles with each failure in a row, and each wait is up to a quarter longer. */
    @WithDefault("30s")
    Duration retryAfter();

    /** The longest such wait, that quarter aside. */
    @WithDefault("1h")
    Duration longestRetry();

    /** The first wait of a course the LMS does not know; it doubles likewise. A new request ends it at once. */
    @WithDefault("1h")
    Duration missingRetryAfter();

    /** The longest such wait. */
    @WithDefault("1d")
    Duration longestMissingRetry();
}
