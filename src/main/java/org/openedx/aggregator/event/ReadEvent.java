package org.openedx.aggregator.event;

import java.util.List;

/** An event and what it says. */
record ReadEvent(RawEvent raw, List<Change> changes) {
}
