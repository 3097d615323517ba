package org.openedx.aggregator.aggregation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** When what nobody needs any more is removed. */
@ConfigMapping(prefix = "aggregator.purge")
interface PurgeConfig {

    /** How often one of the replicas looks for it; {@code off} keeps everything. */
    @WithDefault("1h")
    String every();
}
