package org.openedx.aggregator.event;

import java.util.Locale;

/** Why records become dead letters, in kinds that can be counted; the letter itself says it in words. */
enum LetterReason {

    /** A tombstone, or no bytes. */
    EMPTY,
    TOO_LARGE,
    /** Nobody here reads records of this kind. */
    UNKNOWN_FORMAT,
    /** Malformed, or it says what cannot be. */
    UNREADABLE,
    /** The database would not have it. */
    REFUSED,
    /** A mistake of ours. */
    INTERNAL;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
