package org.openedx.aggregator.event;

import java.util.regex.Pattern;

/** The name of a tracking event, which is the key of its record on the event bus. */
final class EventName {

    // The bus may be told to take the time, the data or the context for a key instead: none of them starts with a letter.
    // Somebody who gives the records new keys on their way takes learner ids or course keys: they are no names either.
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]*[._][A-Za-z0-9._-]*");

    private EventName() {
    }

    /** Whether a framed key says that this is another event than a completion. */
    static boolean isForeign(byte[] key) {
        return FramedDatum.text(key)
                .filter(text -> !text.equals(TrackingEvent.COMPLETION))
                .filter(text -> NAME.matcher(text).matches())
                .isPresent();
    }
}
