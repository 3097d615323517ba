package org.openedx.aggregator.report;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How reports are made. */
@ConfigMapping(prefix = "aggregator.report")
interface ReportConfig {

    /** How many learners are read at once: more are read a little faster and take more memory (some 10 kB each). */
    @WithDefault("500")
    @Positive
    @Max(5000)
    int pageSize();
}
