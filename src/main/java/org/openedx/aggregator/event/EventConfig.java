package org.openedx.aggregator.event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.validation.constraints.Positive;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How events are taken in; topics and connection are settings of the channel. */
@ConfigMapping(prefix = "aggregator.event")
interface EventConfig {

    /** What the event bus puts before each topic's name, hyphen included, such as {@code prod-}. */
    Optional<String> topicPrefix();

    /** The topics that are read; by default those of the event bus, with the prefix. */
    Optional<List<String>> topics();

    /**
     * The topics of Debezium, such as {@code lms.openedx.completion_blockcompletion}; the last part of a name is the table.
     * Tables nobody needs here are passed over.
     */
    Optional<List<String>> cdcTopics();

    /**
     * The topic on which workers elsewhere tell of their user tasks. Who may write to it may tell of anybody's, so it is
     * theirs alone; by default there is none.
     */
    Optional<String> userTaskTopic();

    /** Where records go that cannot be used. */
    @WithDefault("completion-aggregator-dead-letters")
    String deadLetterTopic();

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

    /**
     * How long writing a batch may take before it is tried again: a query whose answer never comes must not hold up the
     * partition. Writing twice changes nothing.
     */
    @WithDefault("60s")
    Duration batchTimeout();
}
