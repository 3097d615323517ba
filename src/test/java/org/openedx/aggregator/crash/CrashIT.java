package org.openedx.aggregator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.openedx.aggregator.oracle.Course;
import org.openedx.aggregator.oracle.Course.Mode;
import org.openedx.aggregator.oracle.Oracle;
import org.openedx.aggregator.oracle.Sent;
import org.openedx.aggregator.oracle.StoredAggregates;
import org.openedx.aggregator.oracle.StoredFacts;
import org.openedx.aggregator.support.ServiceProcess;

/** Ends the service at the worst moments, again and again; the numbers are those of an undisturbed run. */
@DisabledIfSystemProperty(named = "native", matches = ".*", disabledReason = "A native build makes no jars")
class CrashIT {

    private static final int KILLS_IN_INGEST = 3;
    private static final int KILLS_IN_A_RUN = 3;
    private static final int ATTEMPTS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration ORDERLY_END = Duration.ofSeconds(15);

    private List<Course> courses = List.of();

    @Test
    void nothing_is_lost_and_nothing_counts_twice() {
        try (var world = new World("crash")) {
            // Given
            courses = world.courses();
            world.sendEverything();

            // When
            for (int kill = 0; kill < KILLS_IN_INGEST; kill++) {
                killInIngest(world, kill == 0);
            }
            terminateInIngest(world);
            killInRuns(world);

            // Then
            try (var service = world.start()) {
                await(() -> world.lag() == 0 && world.marks() == 0);
            }
            courses.forEach(course -> assertFacts(world, course));
            courses.forEach(course -> assertAggregates(world, course));
        }
    }

    private void killInIngest(World world, boolean first) {
        try (var service = world.start()) {
            if (first) {
                service.awaitLive();
                courses.forEach(course -> publish(service, course));
            }
            awaitMoreFacts(world);
            service.kill();
        }
        assertThat(world.lag()).as("what was not taken in when the service died").isPositive();
        assertThat(world.facts()).as("what was").isPositive();
    }

    private static void terminateInIngest(World world) {
        try (var service = world.start()) {
            awaitMoreFacts(world);

            var exitCode = service.terminate(ORDERLY_END);

            assertThat(exitCode).as("ended in good order").isPresent();
            assertThat(exitCode.getAsInt()).isIn(0, 143);
        }
        assertThat(world.lag()).as("what was not taken in when the service ended").isPositive();
    }

    // Each time on a new version of each course, so that every result has to be written anew.
    private void killInRuns(World world) {
        int hits = 0;
        for (int attempt = 0; attempt < ATTEMPTS && hits < KILLS_IN_A_RUN; attempt++) {
            try (var service = world.start()) {
                service.awaitLive();
                if (attempt == 0) {
                    await(() -> world.lag() == 0);
                }
                var changed = attempt % 2 == 0 ? Mode.EXCLUDED : Mode.COMPLETABLE;
                courses = courses.stream().map(course -> course.with(leaf(course), changed)).toList();
                courses.forEach(course -> publish(service, course));
                long half = World.LEARNERS.size() * courses.size() / 2;
                await(() -> world.marks() < half && world.claims() > 0 || world.marks() == 0);
                service.kill();
            }
            hits += world.claims() > 0 ? 1 : 0;
        }
        assertThat(hits).as("how often the service died with batches in its hands").isEqualTo(KILLS_IN_A_RUN);
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

    private static void awaitMoreFacts(World world) {
        long before = world.factsOrNone();
        await(() -> world.factsOrNone() > before + 1000);
    }

    private static void await(BooleanSupplier reached) {
        Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5))
                .until(reached::getAsBoolean);
    }

    private static void assertFacts(World world, Course course) {
        assertThat(StoredFacts.of(world.sql(), course.key())).as("facts of %s", course.key())
                .isEqualTo(StoredFacts.expected(course, byLearner(world.sent())));
    }

    private static void assertAggregates(World world, Course course) {
        var oracle = new Oracle(course);
        var byLearner = byLearner(world.sent());
        var stored = StoredAggregates.of(world.sql(), course.key());
        for (long learner : World.LEARNERS) {
            assertThat(stored.get(learner)).as("learner %d in %s", learner, course.key())
                    .containsExactlyInAnyOrderElementsOf(oracle.rows(byLearner.getOrDefault(learner, List.of()), learner));
        }
    }

    private static Map<Long, List<Sent>> byLearner(List<Sent> events) {
        return events.stream().collect(Collectors.groupingBy(Sent::learnerId));
    }
}
