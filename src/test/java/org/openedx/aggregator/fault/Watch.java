package org.openedx.aggregator.fault;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks on from outside: how much is written, and how long nothing is although something is to be done. */
final class Watch implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Ground ground;
    private final Replicas replicas;
    private final ScheduledExecutorService eyes = Executors.newSingleThreadScheduledExecutor();
    private long written;
    private long lastSeenMoving = System.nanoTime();
    private long longestStall;

    /** Counts every result that is written from now on. */
    Watch(Ground ground, Replicas replicas) {
        this.ground = ground;
        this.replicas = replicas;
        ground.sql().rows("CREATE TABLE written (id BIGINT AUTO_INCREMENT PRIMARY KEY)");
        for (var change : new String[] { "INSERT", "UPDATE" }) {
            ground.sql().rows("CREATE TRIGGER written_" + change + " AFTER " + change
                    + " ON progress FOR EACH ROW INSERT INTO written VALUES ()");
        }
        eyes.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    // A database that is away is a stall as well.
    private void look() {
        try {
            replicas.aggregated();
            long now = ground.sql().number("SELECT COALESCE(MAX(id), 0) FROM written");
            if (now > written || ground.marks() == 0) {
                written = now;
                lastSeenMoving = System.nanoTime();
            }
        } catch (AssertionError away) {
            // Seen again soon.
        }
        longestStall = Math.max(longestStall, System.nanoTime() - lastSeenMoving);
    }

    void tellOf(Report report) {
        double aggregated = replicas.aggregated();
        long results = ground.sql().number("SELECT COUNT(*) FROM written");
        report.line("longest stall, s", "%.1f".formatted(longestStall / 1e9));
        report.line("results written", results);
        report.line("aggregations per result that changed", "%.2f".formatted(aggregated / results));
    }

    @Override
    public void close() {
        eyes.shutdownNow();
    }
}
