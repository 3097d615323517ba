package org.openedx.aggregator.trace;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

/**
 * A step of the work, as a span shows it.
 *
 * @param links the {@code traceparent}s of what led to it; only the first {@value #MAX_LINKS} different ones are kept
 */
public record Step(String name, SpanKind kind, Attributes attributes, List<String> links) {

    /** How many causes a span names. A batch of thousands is explained by some of them as well as by all. */
    public static final int MAX_LINKS = 32;

    public static Step named(String name) {
        return new Step(name, SpanKind.INTERNAL, Attributes.empty(), List.of());
    }

    public Step of(SpanKind otherKind) {
        return new Step(name, otherKind, attributes, links);
    }

    /** With a number that tells how much was done. */
    public Step with(String attribute, long number) {
        return with(attributes.toBuilder().put(attribute, number));
    }

    /** With a word; never one about a person. */
    public Step with(String attribute, String word) {
        return with(attributes.toBuilder().put(attribute, word));
    }

    public Step after(Collection<String> traceparents) {
        return after(traceparents.stream());
    }

    /** Looks at no more of them than it needs. */
    public Step after(Stream<String> traceparents) {
        return new Step(name, kind, attributes, traceparents.distinct().limit(MAX_LINKS).toList());
    }

    private Step with(AttributesBuilder more) {
        return new Step(name, kind, more.build(), links);
    }

    Span start(Tracer tracer, Context parent) {
        var span = tracer.spanBuilder(name).setParent(parent).setSpanKind(kind).setAllAttributes(attributes);
        links.stream().map(Traceparent::parse).flatMap(link -> link.stream()).forEach(span::addLink);
        return span.startSpan();
    }
}
