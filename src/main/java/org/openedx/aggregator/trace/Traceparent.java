package org.openedx.aggregator.trace;

import java.util.List;
import java.util.Optional;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;

/** The name of a span in the form of the W3C: 55 characters. */
final class Traceparent {

    private static final String HEADER = "traceparent";

    private Traceparent() {
    }

    static String of(SpanContext span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + span.getTraceFlags().asHex();
    }

    /** Empty if it is none. */
    static Optional<SpanContext> parse(String text) {
        var context = W3CTraceContextPropagator.getInstance().extract(Context.root(), text, new Getter());
        return Optional.of(Span.fromContext(context).getSpanContext()).filter(SpanContext::isValid);
    }

    /** Finds the one header there is. */
    private static final class Getter implements TextMapGetter<String> {

        @Override
        public Iterable<String> keys(String text) {
            return List.of(HEADER);
        }

        @Override
        public String get(String text, String name) {
            return HEADER.equals(name) ? text : null;
        }
    }
}
