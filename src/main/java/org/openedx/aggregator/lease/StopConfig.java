package org.openedx.aggregator.lease;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How a process ends that is told to. */
@ConfigMapping(prefix = "aggregator.stop")
interface StopConfig {

    /**
     * How long what was begun is waited for, after requests have been answered. Together with {@code quarkus.shutdown.delay}
     * and {@code quarkus.shutdown.timeout} less than whoever stops the process is patient; what is not done by then others
     * do when its leases have ended.
     */
    @WithDefault("12s")
    Duration grace();
}
