package org.openedx.aggregator.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.avro.Schema;

/**
 * Events of the Open edX event bus with JSON values, and bare tracking events as a log shipper forwards them, without
 * headers.
 */
@ApplicationScoped
class JsonFormat implements EventFormat {

    static final String TRACKING = "org.openedx.analytics.tracking.event.emitted.v1";

    private final Map<BusEvent, Schema> schemas = BusEvent.schemas();

    @Override
    public boolean reads(RawEvent event) {
        var type = event.header("content-type").or(() -> event.header("ce_datacontenttype")).orElse("application/json");
        return type.startsWith("application/json");
    }

    @Override
    public boolean mayConcernUs(RawEvent event) {
        var type = event.header("ce_type");
        return isTracking(type) ? !TrackingEvent.isForeign(event) : BusEvent.of(type.get()).isPresent();
    }

    @Override
    public List<Change> read(RawEvent event) {
        var type = event.header("ce_type");
        if (isTracking(type)) {
            return TrackingEvent.isForeign(event) ? List.of() : TrackingEvent.read(event).stream().toList();
        }
        return BusEvent.of(type.get())
                .map(kind -> kind.changes(JsonRecord.read(event.value(), schemas.get(kind)), event))
                .orElse(List.of());
    }

    // A log shipper gives no headers.
    private static boolean isTracking(Optional<String> type) {
        return type.isEmpty() || type.get().equals(TRACKING);
    }

    /** When the event happened, as far as headers and record tell; in microseconds. */
    static long time(RawEvent event) {
        return event.header("ce_time").map(Times::micros).orElseGet(event::timestamp);
    }

}
