package org.openedx.aggregator.fault;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The cluster. */
final class Replicas implements AutoCloseable {

    private static final Duration ALL_UP = Duration.ofSeconds(120);

    private final List<Replica> all;

    Replicas(Ground ground, int count) {
        all = IntStream.rangeClosed(1, count).mapToObj(number -> ground.replica(String.valueOf(number))).toList();
    }

    /** Starts the first alone, for it has the tables to make, then the others. */
    void start() {
        all.get(0).start().awaitUp();
        all.subList(1, all.size()).forEach(Replica::start);
        awaitAllUp();
    }

    void awaitAllUp() {
        Patience.until("all replicas are up", ALL_UP, Duration.ofMillis(200), this::areAllUp);
    }

    private boolean areAllUp() {
        startThoseThatEnded();
        return all.stream().allMatch(Replica::isWorking);
    }

    /** How many there were. */
    int startThoseThatEnded() {
        return (int) all.stream().filter(Replica::startIfEnded).count();
    }

    Replica any(Random random) {
        return all.get(random.nextInt(all.size()));
    }

    long working() {
        return all.stream().filter(Replica::isWorking).count();
    }

    /** Publishes wherever somebody answers; whether it was clean, without an attempt whose end nobody knows. */
    boolean publish(GroupCourse course, Random random) {
        boolean[] clean = { true };
        Patience.until(course.key() + " is published", Duration.ofSeconds(90), () -> {
            boolean done = any(random).publish(course);
            clean[0] &= done;
            return done;
        });
        return clean[0];
    }

    double aggregated() {
        return all.stream().mapToDouble(Replica::aggregated).sum();
    }

    void tellOf(Report report) {
        var longest = all.stream().map(Replica::longestRecovery).max(Comparator.naturalOrder()).orElseThrow();
        report.line("recoveries, and the longest, s", "%d, %.1f".formatted(
                all.stream().mapToInt(Replica::recoveries).sum(), longest.toMillis() / 1000.0));
    }

    @Override
    public void close() {
        all.forEach(Replica::close);
    }
}
