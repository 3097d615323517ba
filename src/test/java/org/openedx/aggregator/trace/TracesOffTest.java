package org.openedx.aggregator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.openedx.aggregator.api.SampleCourse;
import org.openedx.aggregator.support.Database;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.quarkus.test.junit.QuarkusTest;

/** The service as it comes. */
@QuarkusTest
class TracesOffTest {

    @Inject
    InMemorySpanExporter exporter;

    @Inject
    Traces traces;

    @Test
    void nothing_is_traced() {
        // Given
        Database.rows("DELETE FROM stale_trace");

        // When
        SampleCourse.unknown().inUse();

        // Then
        assertThat(traces.enabled()).isFalse();
        assertThat(exporter.getFinishedSpanItems()).isEmpty();
        assertThat(Database.number("SELECT COUNT(*) FROM stale_trace")).isZero();
    }
}
