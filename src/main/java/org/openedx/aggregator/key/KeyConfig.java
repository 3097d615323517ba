package org.openedx.aggregator.key;

import jakarta.validation.constraints.Positive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many ids of keys one process remembers; a key that is not remembered costs a look into the database. */
@ConfigMapping(prefix = "aggregator.key")
interface KeyConfig {

    /** Courses remembered, at some 200 bytes each. */
    @WithDefault("20000")
    @Positive
    long rememberedCourses();

    /** Blocks remembered, at some 300 bytes each: enough for the courses learners are active in at the same time. */
    @WithDefault("100000")
    @Positive
    long rememberedBlocks();
}
