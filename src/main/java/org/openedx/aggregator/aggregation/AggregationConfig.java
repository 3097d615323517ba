package org.openedx.aggregator.aggregation;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the backlog is worked off. */
@ConfigMapping(prefix = "aggregator.aggregation")
interface AggregationConfig {

    /**
     * How often the backlog is looked at: the delay of a percentage in lists over many learners, and one cheap query
     * each time. {@code off} makes a replica that only ingests and answers.
     */
    @WithDefault("10s")
    String every();

    /** How many enrolments make a batch: more save statements, and hold more results in memory (some 10 kB each). */
    @WithDefault("250")
    @Positive
    @Max(5000)
    int batchSize();

    /** How many batches are worked on at once; each takes one database connection. */
    @WithDefault("4")
    @Positive
    int parallelism();

    /**
     * How long one batch may take before it is given up: a query whose answer never comes must not keep this replica from
     * its next run. As long as the lease of the marks; after that others have them anyway.
     */
    @WithDefault("60s")
    Duration batchTimeout();

    /**
     * How many enrolments of a course that is to be computed again are marked in one transaction, and at how many at once
     * its task looks for results.
     */
    @WithDefault("1000")
    @Positive
    @Max(10_000)
    int stretch();

    /** How often a task that has courses computed again looks how far that is. */
    @WithDefault("500ms")
    Duration lookEvery();

    /** When such a task gives up waiting: nothing was computed for as long. What it has marked is computed all the same. */
    @WithDefault("1h")
    Duration patience();
}
