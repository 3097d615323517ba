package org.openedx.aggregator.trace;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Shows steps of the work as spans. While traces are off, it is not there. */
@ApplicationScoped
public class Traces {

    private final Tracer tracer;
    private final Vertx vertx;
    private final boolean enabled;

    Traces(Tracer tracer, Vertx vertx, TraceConfig config) {
        this.tracer = tracer;
        this.vertx = vertx;
        this.enabled = !config.disabled();
    }

    public boolean enabled() {
        return enabled;
    }

    /** Does some work in a span, below the one that is current here. */
    public <T> Uni<T> span(Supplier<Step> step, Supplier<Uni<T>> work) {
        return enabled ? Uni.createFrom().deferred(() -> traced(step.get(), work)) : work.get();
    }

    /** Says which course it is that the current span is about. */
    public void course(String key) {
        if (enabled) {
            Span.current().setAttribute("completion.course", key);
        }
    }

    /** The name of the current span, if it is kept. */
    public Optional<String> traceparent() {
        return enabled
                ? Optional.of(Span.current().getSpanContext()).filter(span -> span.isSampled()).map(Traceparent::of)
                : Optional.empty();
    }

    // What is current belongs to a context of Vert.x. Steps that run side by side on one would find each other's.
    private <T> Uni<T> traced(Step step, Supplier<Uni<T>> work) {
        var span = step.start(tracer, io.opentelemetry.context.Context.current());
        var caller = vertx.getOrCreateContext();
        return Uni.createFrom()
                .deferred(() -> within(span, work))
                .runSubscriptionOn(on(ownContext()))
                .onFailure()
                .invoke(failure -> span.setStatus(StatusCode.ERROR, failure.getClass().getSimpleName()))
                .onTermination()
                .invoke(() -> span.end())
                .emitOn(on(caller));
    }

    // It stays current as long as there is that context.
    private static <T> Uni<T> within(Span span, Supplier<Uni<T>> work) {
        span.makeCurrent();
        return work.get();
    }

    private Context ownContext() {
        var context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        VertxContextSafetyToggle.setContextSafe(context, true);
        return context;
    }

    private static Executor on(Context context) {
        return command -> runOn(context, command);
    }

    private static void runOn(Context context, Runnable command) {
        context.runOnContext(nothing -> command.run());
    }
}
