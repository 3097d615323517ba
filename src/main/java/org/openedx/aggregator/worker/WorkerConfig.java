package org.openedx.aggregator.worker;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How workers elsewhere are told that a task of theirs was cancelled. */
@ConfigMapping(prefix = "aggregator.worker")
interface WorkerConfig {

    /** Where commands go; nobody connects before there is one. */
    @WithDefault("user-task-commands")
    String topic();

    /** How often commands are looked for; {@code off} leaves them to other replicas. */
    @WithDefault("1s")
    String every();

    /** How long a command that could not be sent, or whose replica died, waits; longer than sending takes. */
    @WithDefault("60s")
    Duration lease();
}
