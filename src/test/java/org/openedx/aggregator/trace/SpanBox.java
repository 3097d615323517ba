package org.openedx.aggregator.trace;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.awaitility.Awaitility;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;

/** Where the spans of tests go. */
public class SpanBox {

    @Produces
    @Singleton
    InMemorySpanExporter exporter() {
        return InMemorySpanExporter.create();
    }

    /** The first span of a kind; waits for it. */
    static SpanData await(InMemorySpanExporter exporter, Predicate<SpanData> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> find(exporter, wanted), found -> !found.isEmpty())
                .get(0);
    }

    private static List<SpanData> find(InMemorySpanExporter exporter, Predicate<SpanData> wanted) {
        return exporter.getFinishedSpanItems().stream().filter(wanted).toList();
    }
}
