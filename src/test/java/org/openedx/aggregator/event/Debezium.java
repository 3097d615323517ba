package org.openedx.aggregator.event;

import java.time.Clock;

import org.openedx.aggregator.registry.SchemaRegistry;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** The format of captured rows, outside the service. */
final class Debezium {

    private Debezium() {
    }

    static DebeziumFormat format(SchemaRegistry registry) {
        return new DebeziumFormat(registry, new SnapshotMetrics(new SimpleMeterRegistry(), Clock.systemUTC()),
                SkippingSpeed.settings());
    }
}
