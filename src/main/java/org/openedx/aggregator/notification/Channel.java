package org.openedx.aggregator.notification;

import io.smallrye.mutiny.Uni;

/** A way to tell somebody. */
public interface Channel {

    /** What names it in rows and metrics, of at most 16 characters. */
    String name();

    /** Whether it sends; what is noted for one that does not waits. */
    boolean isOpen();

    /** How many deliveries of a lane are on their way at once, on all replicas together. */
    int perLane();

    /**
     * Sends one delivery. It may have been sent before: by an attempt that failed or died after the receiver had it all.
     * A failure is another attempt's chance, unless it is an {@link UndeliverableException}.
     */
    Uni<Outcome> deliver(Delivery delivery);
}
