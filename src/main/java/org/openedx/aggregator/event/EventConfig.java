package org.openedx.aggregator.event;

import jakarta.validation.constraints.Positive;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How events are taken in; topics and connection are settings of the channel. */
@ConfigMapping(prefix = "aggregator.event")
interface EventConfig {

    /** The largest record that is read; a larger one becomes a dead letter. An honest event has a few kilobytes. */
    @WithDefault("1M")
    MemorySize maxSize();

    /**
     * Into how many parts a batch is split, by learner; each is written in a transaction and on a connection of its own.
     * All completions of a site come through one partition, so this is what keeps the database busy.
     */
    @WithDefault("2")
    @Positive
    int parallelism();
}
