package org.openedx.aggregator.event;

import java.util.Collection;
import java.util.List;

import io.smallrye.mutiny.Uni;

/** One way records are written. */
interface EventFormat {

    /** Whether a record is written this way, judged by topic and headers alone. */
    boolean reads(RawEvent event);

    /** Gets from elsewhere what reading these events takes; fails while it cannot be had. Others' events are among them. */
    default Uni<Void> prepare(Collection<RawEvent> events) {
        return Uni.createFrom().voidItem();
    }

    /** Whether a record that is written this way may be our business, judged without decoding it. */
    boolean mayConcernUs(RawEvent event);

    /**
     * What the event says; nothing if it is none of our business.
     *
     * @throws UnreadableEventException if it cannot be told
     */
    List<Change> read(RawEvent event);
}
