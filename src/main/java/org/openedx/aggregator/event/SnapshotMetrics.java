package org.openedx.aggregator.event;

import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** How far the loading of an existing site has come: rows of each table, and when the last one was read. */
@ApplicationScoped
class SnapshotMetrics {

    private final Clock clock;
    private final Map<CapturedTable, Counter> rows = new EnumMap<>(CapturedTable.class);
    private final Map<CapturedTable, AtomicLong> last = new EnumMap<>(CapturedTable.class);

    SnapshotMetrics(MeterRegistry registry, Clock clock) {
        this.clock = clock;
        for (var table : CapturedTable.values()) {
            var tags = Tags.of("table", table.toString());
            rows.put(table, registry.counter("aggregator.snapshot.rows", tags));
            last.put(table, registry.gauge("aggregator.snapshot.last.row.seconds", tags, new AtomicLong()));
        }
    }

    void read(CapturedTable table) {
        rows.get(table).increment();
        last.get(table).set(clock.instant().getEpochSecond());
    }
}
