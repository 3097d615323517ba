package org.openedx.aggregator.event;

import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Finds the format of a record and reads it. */
@ApplicationScoped
class EventReader {

    private final List<EventFormat> formats;
    private final EventMetrics metrics;
    private final long maxSize;

    EventReader(@All List<EventFormat> formats, EventMetrics metrics, EventConfig config) {
        this.formats = formats;
        this.metrics = metrics;
        this.maxSize = config.maxSize().asLongValue();
    }

    /** Gets what reading these records takes; fails while it cannot be had, and may be tried again. */
    Uni<Void> prepare(Collection<RawEvent> events) {
        return Multi.createFrom()
                .iterable(formats)
                .onItem()
                .transformToUniAndConcatenate(format -> format.prepare(events))
                .onItem()
                .ignoreAsUni();
    }

    /** What a record says; nothing if it does not concern us. */
    List<Change> read(RawEvent event) {
        var format = format(event);
        if (event.size() > maxSize && format.mayConcernUs(event)) {
            throw new UnreadableEventException(LetterReason.TOO_LARGE,
                    "The record has " + event.size() + " bytes, more than " + maxSize);
        }
        var changes = format.read(event);
        metrics.read(event.topic(), changes);
        return changes;
    }

    private EventFormat format(RawEvent event) {
        for (var format : formats) {
            if (format.reads(event)) {
                return format;
            }
        }
        throw new UnreadableEventException(LetterReason.UNKNOWN_FORMAT,
                "No reader for content-type " + event.header("content-type").orElse("?"));
    }
}
