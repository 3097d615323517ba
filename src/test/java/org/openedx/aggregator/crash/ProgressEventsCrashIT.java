package org.openedx.aggregator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.openedx.aggregator.oracle.Course;
import org.openedx.aggregator.oracle.Course.Mode;
import org.openedx.aggregator.support.ServiceProcess;
import org.openedx.aggregator.tracking.EventBox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Ends the service in the middle of aggregation and of sending; what was told is what was stored. */
@DisabledIfSystemProperty(named = "native", matches = ".*", disabledReason = "A native build makes no jars")
class ProgressEventsCrashIT {

    private static final int KILLS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Value(long learner, String block, double earned, double possible, String modified) {
    }

    @Test
    void no_event_is_lost_or_made_up() throws IOException {
        try (var world = new World("outbox")) {
            var topic = world.name() + "-progress";
            var settings = Map.of("aggregator.tracking.enabled", "true", "aggregator.tracking.topic", topic,
                    "aggregator.tracking.lease", "3s", "aggregator.tracking.batch-size", "20");
            try (var box = new EventBox(topic, event -> true)) {
                // Given
                var course = world.courses().get(0);
                world.enrollIn(course);
                try (var service = world.start(settings).awaitLive()) {
                    keepHistory(world);
                    publish(service, course);
                    await(() -> world.lag() == 0);
                    world.complete(course);
                    await(() -> world.lag() == 0 && world.marks() == 0 && world.results() == World.LEARNERS.size());
                }

                // When
                int hits = 0;
                for (int kill = 0; kill < KILLS; kill++) {
                    course = course.with(leaf(course), kill % 2 == 0 ? Mode.EXCLUDED : Mode.COMPLETABLE);
                    hits += killInARun(world, settings, course) ? 1 : 0;
                }
                try (var service = world.start(settings)) {
                    await(() -> world.marks() == 0 && world.pendingEvents() == 0);
                }

                // Then
                assertThat(hits).as("how often the service died with work in its hands").isPositive();
                assertHistory(world, box.atLeast(1));
            }
        }
    }

    private static boolean killInARun(World world, Map<String, String> settings, Course course) {
        try (var service = world.start(settings)) {
            service.awaitLive();
            publish(service, course);
            long half = World.LEARNERS.size() / 2;
            await(() -> world.marks() < half && world.claims() > 0 || world.marks() == 0);
            service.kill();
        }
        return world.claims() > 0 || world.pendingEvents() > 0;
    }

    // What a transaction that is rolled back had stored is not in it.
    private static void keepHistory(World world) {
        world.sql().rows("CREATE TABLE history AS SELECT * FROM progress WHERE FALSE");
        for (var change : List.of("INSERT", "UPDATE")) {
            world.sql().rows("CREATE TRIGGER history_" + change + " AFTER " + change + " ON progress FOR EACH ROW "
                    + "INSERT INTO history (course_id, learner_id, structure_id, earned, possible, percent, last_modified,"
                    + " digest, blocks, created, modified) VALUES (NEW.course_id, NEW.learner_id, NEW.structure_id,"
                    + " NEW.earned, NEW.possible, NEW.percent, NEW.last_modified, NEW.digest, NEW.blocks, NEW.created,"
                    + " NEW.modified)");
        }
    }

    private static void assertHistory(World world, List<ConsumerRecord<byte[], byte[]>> records)
            throws IOException {
        var told = new HashSet<Value>();
        var last = new HashMap<List<Object>, Value>();
        var ids = new HashSet<String>();
        var timestamps = new HashMap<Long, String>();
        for (var record : records) {
            // As a consumer does it: what came before is not looked at again.
            if (ids.add(EventBox.header(record, "ce_id"))) {
                var event = JSON.readTree(record.value());
                var value = value(event.get("data"));
                told.add(value);
                last.put(List.of(value.learner(), value.block()), value);
                var timestamp = event.get("timestamp").asText();
                assertThat(timestamps.getOrDefault(value.learner(), "")).isLessThan(timestamp);
                timestamps.put(value.learner(), timestamp);
            }
        }
        var changes = changes(world);
        assertThat(told).as("told, but never stored").isSubsetOf(changes);
        assertThat(changes).as("stored, but never told").isSubsetOf(told);
        world.sql().rows("SELECT user_id, block_key, earned, possible FROM completion_aggregator_aggregator")
                .forEach(row -> assertThat(last.get(List.of(row.get("user_id"), row.get("block_key"))))
                        .extracting(Value::earned, Value::possible)
                        .containsExactly(row.get("earned"), row.get("possible")));
    }

    /** Each stored value that differs from the one before it. */
    private static Set<Value> changes(World world) {
        var rows = world.sql().rows("""
                SELECT h.learner_id, b.block_key, t.earned, t.possible,
                       CONCAT(REPLACE(CAST(h.modified AS CHAR), ' ', 'T'), '+00:00') AS modified
                  FROM history h
                  JOIN JSON_TABLE(h.blocks, '$[*]' COLUMNS (ordinal FOR ORDINALITY, earned DOUBLE PATH '$[0]',
                       possible DOUBLE PATH '$[1]')) t
                  JOIN registered_block b ON b.structure_id = h.structure_id AND b.ordinal = t.ordinal
                 WHERE t.earned IS NOT NULL ORDER BY h.modified""");
        var changes = new HashSet<Value>();
        var last = new HashMap<List<Object>, List<Object>>();
        for (var row : rows) {
            var before = last.put(List.of(row.get("learner_id"), row.get("block_key")),
                    List.of(row.get("earned"), row.get("possible")));
            if (!List.of(row.get("earned"), row.get("possible")).equals(before)) {
                changes.add(new Value((Long) row.get("learner_id"), (String) row.get("block_key"),
                        (Double) row.get("earned"), (Double) row.get("possible"),
                        ((String) row.get("modified")).replace(".000000", "")));
            }
        }
        return changes;
    }

    private static Value value(JsonNode data) {
        return new Value(data.get("user_id").asLong(), data.get("block_id").asText(), data.get("earned").asDouble(),
                data.get("possible").asDouble(), data.get("modified").asText());
    }

    private static String leaf(Course course) {
        return course.blocks().values().stream()
                .filter(node -> node.type().equals("html") && node.children().isEmpty())
                .findFirst()
                .orElseThrow()
                .key();
    }

    private static void publish(ServiceProcess service, Course course) {
        assertThat(service.put("/completion-aggregator/v1/structure/" + course.key() + "/", course.json())).isEqualTo(200);
    }

    private static void await(BooleanSupplier reached) {
        Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5))
                .until(reached::getAsBoolean);
    }
}
