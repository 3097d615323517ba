package org.openedx.aggregator.event;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import org.openedx.aggregator.registry.FakeRegistry;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Measures how many foreign records of the analytics topic are skipped in a second; run it, it is no test. */
final class SkippingSpeed {

    private static final int BATCH = 2000;
    private static final int ROUNDS = 500;
    private static final List<String> NAMES = List.of("edx.video.played", "play_video", "problem_check",
            "edx.ui.lms.sequence.next_selected", "edx.grades.problem.submitted");

    private SkippingSpeed() {
    }

    public static void main(String[] arguments) {
        var reader = new EventReader(
                List.of(Debezium.format(new FakeRegistry()), new JsonFormat(), new AvroFormat(new FakeRegistry())),
                new EventMetrics(new SimpleMeterRegistry(), Clock.systemUTC()), settings());
        var batch = batch();
        for (int trial = 0; trial < 5; trial++) {
            long start = System.nanoTime();
            for (int round = 0; round < ROUNDS; round++) {
                reader.prepare(batch).await().indefinitely();
                batch.forEach(reader::read);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("%,.0f foreign records skipped per second%n", BATCH * ROUNDS / seconds);
        }
    }

    private static List<RawEvent> batch() {
        var batch = new ArrayList<RawEvent>();
        for (int index = 0; index < BATCH; index++) {
            var name = NAMES.get(index % NAMES.size());
            batch.add(Wire.event(Wire.TRACKING, Wire.key(7, name), Wire.value(8, Wire.TRACKING_SCHEMA,
                    Wire.tracking(name, "{\"padding\": \"%s\"}".formatted("x".repeat(1000))))));
        }
        return batch;
    }

    static EventConfig settings() {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(EventConfig.class)
                .build()
                .getConfigMapping(EventConfig.class);
    }
}
