package org.openedx.aggregator.event;

/** A record that could not be used, and why, for counting and for reading. */
record DeadLetter(RawEvent event, LetterReason reason, String text) {
}
