package org.openedx.aggregator.api.limit;

import java.time.Duration;

import jakarta.validation.constraints.Positive;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * How much one caller may ask for. Every replica counts for itself. Reads of single learners and of tasks cost nothing; a
 * page of a course's learners or its means cost {@link Expense#LIST one token}, work that is started or a structure
 * {@link Expense#WORK five}.
 */
@ConfigMapping(prefix = "aggregator.limit")
public interface LimitConfig {

    /** Whether callers are limited at all. */
    @WithDefault("true")
    boolean enabled();

    /** How many tokens a caller has who has not asked for a while: what a script may ask for in one go. */
    @WithDefault("300")
    @Positive
    int burst();

    /** How many tokens come back in a minute: what a script may ask for all day. */
    @WithDefault("300")
    @Positive
    int perMinute();

    /** How many callers are remembered; beyond it, who asked least is forgotten and has all tokens again. */
    @WithDefault("10000")
    @Positive
    int callers();

    /** The largest body of a request that is not a structure, for which quarkus.http.limits.max-body-size holds. */
    @WithDefault("4M")
    MemorySize maxBody();

    /** When a request is given up that has not come in whole, or whose answer has not begun. */
    @WithDefault("2m")
    Duration longestRequest();
}
