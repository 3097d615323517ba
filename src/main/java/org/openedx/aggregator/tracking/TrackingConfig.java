package org.openedx.aggregator.tracking;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Progress events: whether they are sent, which, where to and in which form. */
@ConfigMapping(prefix = "aggregator.tracking")
interface TrackingConfig {

    /** In which form an event is written. */
    enum Form {
        /** A record whose value is the tracking event as JSON and whose key is text. */
        JSON,
        /** A record of the event bus, key and value in framed Avro. */
        AVRO
    }

    /** What the record of an event is known by, and so which partition it comes to. */
    enum Key {
        /** The learner's id: the events of a learner stay in order, those of many are spread over the partitions. */
        LEARNER,
        /**
         * The event's name, as the LMS does it: consumers may skip events by their key, but all events of a type come to
         * one partition, whatever their number, and those of one learner are in order by type only.
         */
        NAME
    }

    /**
     * Whether changes are noted and sent. Costs a read of each result that is about to change, and as many events as it
     * has changed blocks: all of them with a learner's first result in a course.
     */
    @WithDefault("false")
    boolean enabled();

    /** The types of blocks whose changes are sent; only those that results are kept for can be. */
    @WithDefault("course,chapter,sequential,vertical")
    Set<String> types();

    /** Where events go; the event bus's own topic, such as {@code prod-analytics}, if its consumers are to have them. */
    @WithDefault("completion-aggregator-progress")
    String topic();

    /** How events are written; by default in Avro where a schema registry is configured, else in JSON. */
    Optional<Form> form();

    /** The key of each record. */
    @WithDefault("learner")
    Key key();

    /**
     * How often the outbox is looked at: the delay of an event, and one cheap query each time. {@code off} makes a replica
     * that notes changes and leaves the sending to others.
     */
    @WithDefault("1s")
    String every();

    /** How many results are read from the outbox at once; each may have changed as many blocks as the course has. */
    @WithDefault("1000")
    @Positive
    @Max(5000)
    int batchSize();

    /**
     * How long the others wait for a replica that sent events and fell silent. One sends at a time, so that a learner's
     * events stay in order.
     */
    @WithDefault("60s")
    Duration lease();
}
