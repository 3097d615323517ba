package org.openedx.aggregator.trace;

import jakarta.enterprise.context.ApplicationScoped;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.quarkus.arc.Unremovable;

/** Takes out of the spans of requests what may name a person: parameters, addresses, and what a browser says of itself. */
@Unremovable
@ApplicationScoped
class Redaction implements SpanProcessor {

    private static final AttributeKey<String> QUERY = AttributeKey.stringKey("url.query");
    private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");
    private static final AttributeKey<String> CLIENT = AttributeKey.stringKey("client.address");
    private static final AttributeKey<String> BROWSER = AttributeKey.stringKey("user_agent.original");

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        remove(span, QUERY);
        remove(span, CLIENT);
        remove(span, BROWSER);
        var url = span.getAttribute(URL);
        if (url != null) {
            span.setAttribute(URL, url.split("\\?", 2)[0]);
        }
    }

    private static void remove(ReadWriteSpan span, AttributeKey<String> attribute) {
        if (span.getAttribute(attribute) != null) {
            span.setAttribute(attribute, "");
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        // What is set at the end is the route and the status.
    }

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
