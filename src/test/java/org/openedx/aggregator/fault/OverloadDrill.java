package org.openedx.aggregator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openedx.aggregator.dev.DevKeys;
import org.openedx.aggregator.support.ServiceProcess;

/** Three times what one replica can take, for two minutes; it still answers who asks. */
class OverloadDrill {

    private static final int FACTOR = 3;
    private static final Duration OVERLOAD = Duration.ofMinutes(2);
    private static final Duration DRAIN = Duration.ofMinutes(5);
    private static final int WARM_UP = 60_000;
    private static final int MEASURED = 100_000;
    private static final int READS_PER_SECOND = 50;
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final double P99_MILLISECONDS = 100;
    // The heap, and somewhat more again for code, threads, buffers of the network and the collector.
    private static final long MOST_MEBIBYTES = 640;

    private final Seed seed = Seed.ofThisRun();
    private final Report report = new Report("One replica, 256 MiB of heap, and three times the events it can take", seed);
    private final Story story = Story.of(seed, 1);

    @Test
    @Timeout(value = 12, unit = TimeUnit.MINUTES)
    void readers_are_answered_and_the_backlog_drains() {
        assumeThat(Path.of("/proc/self/status")).as("where memory is measured").exists();
        try (var ground = new Ground("overload", Map.of());
                var replica = ground.replica("only", "256m", List.of());
                var flood = new Flood(ground, story, seed.random("flood"))) {
            // Given
            replica.start().awaitUp();
            story.courses().forEach(course -> assertThat(replica.publish(course)).isTrue());
            new Driver(story, ground.lms(), null, seed.random("driver")).tell(Duration.ZERO);
            double sustainable = sustainable(ground, flood);
            var quiet = readFor(QUIET, replica.process());
            report.line("reads before the load, p50, p99, longest, ms", said(quiet));

            // When
            var memory = new Memory(replica.process().pid());
            var reader = Reader.start(questions(replica.process()), READS_PER_SECOND);
            long sent = flood.send(FACTOR * sustainable, Size.of(OVERLOAD));
            var answers = reader.end();
            report.line("reads under load, p50, p99, longest, ms", said(answers));
            double factor = sent / sustainable / Size.of(OVERLOAD).toSeconds();
            report.line("events sent, times the sustainable rate", "%d, %.1f".formatted(sent, factor));
            report.line("events left when the load ended", ground.lms().lag());
            long wait = System.nanoTime();
            Patience.until("the backlog is drained", DRAIN, Duration.ofMillis(200), ground::isIdle);
            report.line("until the backlog was drained, s", "%.1f".formatted((System.nanoTime() - wait) / 1e9));

            // Then
            assertThat(factor).as("how much too much it was").isGreaterThan(FACTOR - 0.5);
            assertAnswers(answers);
            assertMemory(memory.end());
        } finally {
            report.write();
        }
    }

    private double sustainable(Ground ground, Flood flood) {
        rate(ground, flood, WARM_UP);
        double rate = rate(ground, flood, MEASURED);
        report.line("sustainable events per second", "%.0f".formatted(rate));
        return rate;
    }

    // From the first event until no number is stale.
    private static double rate(Ground ground, Flood flood, int events) {
        long start = System.nanoTime();
        flood.send(events);
        Patience.until("all is taken in", DRAIN, Duration.ofMillis(20), ground::isIdle);
        return events / ((System.nanoTime() - start) / 1e9);
    }

    private List<Reader.Question> questions(ServiceProcess process) {
        return LongStream.rangeClosed(1, 200).mapToObj(learner -> question(process, learner)).toList();
    }

    private Reader.Question question(ServiceProcess process, long learner) {
        var course = story.courses().get((int) (learner % story.courses().size())).key().replace("+", "%2B");
        var name = Story.username(learner);
        return new Reader.Question(process.at("/completion-aggregator/v1/course/" + course + "/?username=" + name
                + "&requested_fields=chapter"), DevKeys.token(Map.of("preferred_username", name, "user_id", learner)));
    }

    private List<Reader.Answer> readFor(Duration duration, ServiceProcess process) {
        var reader = Reader.start(questions(process), READS_PER_SECOND);
        Patience.pause(duration);
        return reader.end();
    }

    private static String said(List<Reader.Answer> answers) {
        return "%d, %.1f, %.1f, %.1f".formatted(answers.size(), Reader.percentile(answers, 0.5),
                Reader.percentile(answers, 0.99), Reader.percentile(answers, 1));
    }

    private void assertAnswers(List<Reader.Answer> answers) {
        double p99 = Reader.percentile(answers, 0.99);
        assertThat(answers).filteredOn(answer -> answer.status() != 200).isEmpty();
        assertThat(p99).as("99th percentile of reads in ms").isLessThanOrEqualTo(P99_MILLISECONDS);
    }

    private void assertMemory(List<Long> mebibytes) {
        long most = Collections.max(mebibytes);
        report.line("most resident memory, MiB", most);
        assertThat(most).isLessThan(MOST_MEBIBYTES);
    }
}
