package org.openedx.aggregator.event;

/** A record that could not be used, and why. */
record DeadLetter(RawEvent event, String reason) {
}
