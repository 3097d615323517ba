package org.openedx.aggregator.stale;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How long marks are held, and how soon a failed one is tried again. */
@ConfigMapping(prefix = "aggregator.stale")
interface StaleConfig {

    /**
     * How long a worker may hold a batch of marks before others take them over. Longer than any batch takes, and as
     * long as a crashed replica's work may wait.
     */
    @WithDefault("60s")
    Duration lease();

    /** The first wait of an enrolment that could not be aggregated; it doubles with each failure in a row. */
    @WithDefault("30s")
    Duration retryAfter();

    /** The longest such wait. */
    @WithDefault("1h")
    Duration longestRetry();
}
