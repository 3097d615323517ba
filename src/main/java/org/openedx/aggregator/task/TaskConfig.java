package org.openedx.aggregator.task;

import java.time.Duration;

import jakarta.validation.constraints.Positive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How user tasks are shared out among replicas, and how long they are kept. */
@ConfigMapping(prefix = "aggregator.task")
interface TaskConfig {

    /** How often a replica looks for tasks when it has room for more; {@code off} leaves them to other replicas. */
    @WithDefault("1s")
    String every();

    /** How many tasks a replica runs at once. */
    @WithDefault("8")
    @Positive
    int parallelism();

    /** How many tasks of one person run at once; two replicas that claim at the same moment may exceed it. */
    @WithDefault("3")
    @Positive
    int runningPerUser();

    /** How long a crashed replica's task waits for another one; a few times {@code progress-every}, at least. */
    @WithDefault("30s")
    Duration lease();

    /** How often the progress of a task is written, and how late it notices that it was cancelled. */
    @WithDefault("1s")
    Duration progressEvery();

    /** How often a task is tried before it has failed. */
    @WithDefault("3")
    @Positive
    int maxAttempts();

    /** The wait before the second attempt; it doubles with each further one. */
    @WithDefault("10s")
    Duration retryAfter();

    /** The longest such wait. */
    @WithDefault("10m")
    Duration longestRetry();

    /** How long a task is kept, from its creation; an unfinished one is kept anyway. */
    @WithDefault("30d")
    Duration maxAge();

    /** How often one of the replicas removes what is old; {@code off} keeps everything. */
    @WithDefault("10m")
    String purgeEvery();

    /** How long a file may take to be written before it is taken for a leftover. */
    @WithDefault("1d")
    Duration longestWrite();

    /** How long a task of another system is waited for when nothing is heard of it; then it has failed. */
    @WithDefault("1d")
    Duration longestSilence();

    /** How often one of the replicas looks for such tasks; {@code off} waits for ever. */
    @WithDefault("1m")
    String silenceEvery();

    /** How many events about tasks of other systems one request may have. */
    @WithDefault("1000")
    @Positive
    int maxExternalEvents();

    /** How often a replica looks for tasks whose end is to be told; {@code off} leaves it to other replicas. */
    @WithDefault("1s")
    String tellEvery();

    /** How many characters the parameters of a task may have, as JSON. */
    @WithDefault("100000")
    @Positive
    int maxParameters();
}
