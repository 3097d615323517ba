package org.openedx.aggregator.task;

import java.time.Duration;

import jakarta.validation.constraints.Positive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How tasks are watched live; each watcher holds a connection. */
@ConfigMapping(prefix = "aggregator.task-watch")
interface WatchConfig {

    /** How often all watched tasks are looked at, with one query for all. */
    @WithDefault("1s")
    String every();

    /** How long nothing happens before a stream is told so, that proxies do not take it for dead. */
    @WithDefault("15s")
    Duration heartbeat();

    /** When a stream ends that has nothing else to end it; who watches comes back and is asked again who they are. */
    @WithDefault("10m")
    Duration longest();

    /** How many streams this replica serves at once. */
    @WithDefault("5000")
    @Positive
    int streams();

    /** How many of them one person may have: tabs, on all devices. */
    @WithDefault("20")
    @Positive
    int streamsPerUser();
}
