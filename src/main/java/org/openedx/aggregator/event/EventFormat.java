package org.openedx.aggregator.event;

import java.util.List;

/** One way records are written. */
interface EventFormat {

    /** Whether a record is written this way, judged by topic and headers alone. */
    boolean reads(RawEvent event);

    /**
     * What the event says; nothing if it is none of our business.
     *
     * @throws UnreadableEventException if it cannot be told
     */
    List<Change> read(RawEvent event);
}
