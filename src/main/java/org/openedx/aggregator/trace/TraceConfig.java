package org.openedx.aggregator.trace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The switch of OpenTelemetry, as the extension has it. */
@ConfigMapping(prefix = "quarkus.otel.sdk")
interface TraceConfig {

    /** Whether nothing is traced. */
    @WithDefault("true")
    boolean disabled();
}
