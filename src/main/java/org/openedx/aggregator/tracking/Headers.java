package org.openedx.aggregator.tracking;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.common.header.internals.RecordHeaders;

/** The headers of a record, as the event bus has them. */
final class Headers {

    private static final String SOURCE = "openedx/completion-aggregator/web";

    private Headers() {
    }

    static RecordHeaders of(ProgressEvent event, String type, String contentType) {
        var headers = new RecordHeaders();
        add(headers, "ce_type", type);
        add(headers, "ce_id", event.id());
        add(headers, "ce_source", SOURCE);
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_time", event.timestamp());
        add(headers, "ce_datacontenttype", contentType);
        add(headers, "content-type", contentType);
        event.pending().traceparent().ifPresent(span -> add(headers, "traceparent", span));
        return headers;
    }

    static void add(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
