package org.openedx.aggregator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three replicas over one broker and one database, none of which lives long. */
class ReplicasDrill {

    private static final Duration UNDER_FAULT = Duration.ofSeconds(160);
    private static final Duration LAST_WORK = Duration.ofSeconds(150);
    private static final int REPLICAS = 3;
    private static final int EVENTS = 200_000;

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("mp.messaging.incoming.events.session.timeout.ms", "10000"),
            Map.entry("mp.messaging.incoming.events.heartbeat.interval.ms", "1000"),
            Map.entry("mp.messaging.incoming.events.max.poll.records", "500"),
            Map.entry("aggregator.aggregation.batch-size", "100"),
            Map.entry("aggregator.aggregation.batch-timeout", "8s"),
            Map.entry("aggregator.event.batch-timeout", "8s"),
            Map.entry("aggregator.stale.lease", "5s"),
            Map.entry("aggregator.task.lease", "5s"),
            Map.entry("aggregator.task.retry-after", "1s"),
            Map.entry("aggregator.task.longest-retry", "5s"),
            // Each kill ends an attempt.
            Map.entry("aggregator.task.max-attempts", "100"),
            Map.entry("aggregator.stale.retry-after", "1s"),
            Map.entry("aggregator.stale.longest-retry", "5s"));

    private final Seed seed = Seed.ofThisRun();
    private final Report report = new Report("Three replicas that are killed, frozen and cut off", seed);

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void no_number_is_lost_or_wrong() {
        var story = Story.of(seed, EVENTS);
        try (var ground = new Ground("faults", SETTINGS); var replicas = new Replicas(ground, REPLICAS)) {
            // Given
            replicas.start();
            var driver = new Driver(story, ground.lms(), replicas, seed.random("driver"));
            driver.publishAll();

            try (var watch = new Watch(ground, replicas)) {
                // When
                runUnderFault(ground, replicas, driver);
                replicas.awaitAllUp();
                long wait = System.nanoTime();
                Patience.until("all work is done", LAST_WORK, Duration.ofMillis(200),
                        () -> ground.isIdle() && Tasks.areFinished(ground));
                report.line("until all work was done after the last fault, s",
                        "%.1f".formatted((System.nanoTime() - wait) / 1e9));
                watch.tellOf(report);
                replicas.tellOf(report);
            }

            // Then
            judge(ground, replicas, story, driver);
        } finally {
            report.write();
        }
    }

    private void runUnderFault(Ground ground, Replicas replicas, Driver driver) {
        var faults = new Faults(ground, replicas, seed.random("faults"), Size.of(UNDER_FAULT));
        var publisher = Background.start("publisher", driver::publishOnAndOn);
        var tasks = new Tasks(driver.courses(), seed.random("tasks"));
        var starter = Background.start("starter", goesOn -> tasks.startOnAndOn(replicas, goesOn));
        try {
            faults.begin();
            driver.tell(Size.of(UNDER_FAULT));
        } finally {
            faults.end();
            publisher.end(Duration.ofSeconds(100));
            starter.end(Duration.ofSeconds(30));
        }
        faults.tellOf(report);
        report.line("publications", driver.publications());
        assertThat(faults.failures()).isEmpty();
    }

    private void judge(Ground ground, Replicas replicas, Story story, Driver driver) {
        assertThat(ground.lms().records()).as("records that the broker has").isEqualTo(driver.records());
        var verdict = new Verdict(story);
        driver.courses().forEach(course -> verdict.overStored(ground, course));
        driver.courses().forEach(course -> verdict.overShown(replicas.any(seed.random("shown")).process(), course));
        assertThat(ground.marks()).isZero();
        Tasks.judge(ground, report);
        judgeDeadLetters(ground, story);
        report.line("records sent", driver.records());
        report.line("aggregates compared with the oracle", ground.sql()
                .number("SELECT COUNT(*) FROM completion_aggregator_aggregator"));
    }

    private void judgeDeadLetters(Ground ground, Story story) {
        var letters = DeadLetterBox.letters(ground);
        assertThat(Set.copyOf(letters)).as("dead letters")
                .isEqualTo(IntStream.range(0, story.poison()).boxed().collect(Collectors.toSet()));
        report.line("poison, and dead letters that were sent again after a crash",
                story.poison() + ", " + (letters.size() - story.poison()));
    }
}
