package org.openedx.aggregator.tracking;

import org.openedx.aggregator.tracking.TrackingConfig.Key;

/** The text a record is known by. */
final class RecordKey {

    private RecordKey() {
    }

    static String of(Key key, ProgressEvent event) {
        return switch (key) {
            case LEARNER -> Long.toString(event.learnerId());
            case NAME -> event.name();
        };
    }
}
