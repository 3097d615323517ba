package org.openedx.aggregator.notification;

/** How a delivery ended well. */
public enum Outcome {
    SENT,
    /** Nobody wants it any more. */
    SKIPPED
}
