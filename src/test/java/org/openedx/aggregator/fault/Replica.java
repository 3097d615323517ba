package org.openedx.aggregator.fault;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

import org.openedx.aggregator.support.ServiceProcess;

/** A place in the cluster, taken by one process after the other. Nobody who asks a process keeps it from being killed. */
final class Replica implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(120);
    private static final Pattern AGGREGATED = Pattern.compile("(?m)^completion_aggregation_enrollments_total\\S* ([0-9.E]+)$");

    private final String name;
    private final IntFunction<ServiceProcess> starts;
    private final Object publishing = new Object();
    private volatile Optional<ServiceProcess> process = Optional.empty();
    private volatile boolean up;
    private volatile boolean frozen;
    private int started;
    private long startedAt;
    private int recoveries;
    private Duration longestRecovery = Duration.ZERO;
    private double aggregatedByDead;
    private double aggregatedByThis;

    Replica(String name, IntFunction<ServiceProcess> starts) {
        this.name = name;
        this.starts = starts;
    }

    synchronized Replica start() {
        process = Optional.of(starts.apply(++started));
        startedAt = System.nanoTime();
        up = false;
        frozen = false;
        aggregatedByDead += aggregatedByThis;
        aggregatedByThis = 0;
        return this;
    }

    /** Returns when it answers. */
    Replica awaitUp() {
        Patience.until(name + " is up", START, () -> isUp() || !isAlive());
        if (!isUp()) {
            throw new AssertionError("Replica " + name + " ended at start");
        }
        return this;
    }

    /** The running process; fails if there is none. */
    ServiceProcess process() {
        return process.orElseThrow();
    }

    boolean isAlive() {
        return process.map(ServiceProcess::isAlive).orElse(false);
    }

    /** Whether its process has answered since it started. */
    boolean isUp() {
        var asked = process;
        if (!up && !frozen && isAlive() && asked.orElseThrow().get("/q/health/live").isPresent()) {
            setUp(asked);
        }
        return up && isAlive();
    }

    private synchronized void setUp(Optional<ServiceProcess> answering) {
        if (process != answering || up) {
            return;
        }
        up = true;
        if (started > 1) {
            var took = Duration.ofNanos(System.nanoTime() - startedAt);
            recoveries++;
            longestRecovery = took.compareTo(longestRecovery) > 0 ? took : longestRecovery;
        }
    }

    /** How often a process that was started in place of another has answered. */
    synchronized int recoveries() {
        return recoveries;
    }

    /** The longest time from such a start to the first answer. */
    synchronized Duration longestRecovery() {
        return longestRecovery;
    }

    /** Whether it is up and could do something. */
    boolean isWorking() {
        return !frozen && isUp();
    }

    /** SIGSTOP, but not in the middle of a publish: what was given up must not come to life again later. */
    void freeze() {
        synchronized (publishing) {
            freezeNow();
        }
    }

    private synchronized void freezeNow() {
        process().freeze();
        frozen = true;
    }

    synchronized void letGo() {
        process().letGo();
        frozen = false;
    }

    /** Whether the structure was stored; if not, it may be yet, by a process that has not answered. */
    boolean publish(GroupCourse course) {
        synchronized (publishing) {
            return isWorking() && isPublished(course);
        }
    }

    private boolean isPublished(GroupCourse course) {
        try {
            return process().put("/completion-aggregator/v1/structure/" + course.key() + "/", course.json()) == 200;
        } catch (UncheckedIOException killed) {
            return false;
        }
    }

    /** SIGKILL, and a new process in its place. */
    synchronized void killAndStart() {
        process().close();
        start();
    }

    /** Starts again what ended by itself; whether that was so. */
    synchronized boolean startIfEnded() {
        if (process.isEmpty() || isAlive()) {
            return false;
        }
        killAndStart();
        return true;
    }

    /** How many enrolments its processes have aggregated, as far as they were asked before they were killed. */
    double aggregated() {
        var asked = process;
        if (isWorking()) {
            asked.orElseThrow().get("/q/metrics").map(AGGREGATED::matcher).filter(found -> found.find())
                    .ifPresent(found -> count(asked, Double.parseDouble(found.group(1))));
        }
        return sum();
    }

    private synchronized void count(Optional<ServiceProcess> answering, double aggregated) {
        if (process == answering) {
            aggregatedByThis = aggregated;
        }
    }

    private synchronized double sum() {
        return aggregatedByDead + aggregatedByThis;
    }

    @Override
    public synchronized void close() {
        process.ifPresent(ServiceProcess::close);
        process = Optional.empty();
    }
}
