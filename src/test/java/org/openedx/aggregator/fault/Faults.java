package org.openedx.aggregator.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.openedx.aggregator.dev.EmbeddedServices;

/** Kills, freezes and stops, for so long and as chance will have it, and then mends what it broke. */
final class Faults {

    /** What happens, and how often, besides kills. */
    enum Fault {
        BROKER,
        DATABASE,
        FREEZE
    }

    private static final int OF_EACH = 2;
    private static final Duration KILL_EVERY = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
    private static final Duration FROZEN = Duration.ofSeconds(9);
    private static final Duration LAST_FAULT = Duration.ofSeconds(60);

    private final EmbeddedServices services;
    private final Replicas replicas;
    private final Random random;
    private final Duration duration;
    private final ScheduledExecutorService hands = Executors.newScheduledThreadPool(4);
    private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private int kills;
    private int spared;
    private int ended;

    Faults(Ground ground, Replicas replicas, Random random, Duration duration) {
        this.services = ground.services();
        this.replicas = replicas;
        this.random = random;
        this.duration = duration;
    }

    /** Each fault has a part of the time to itself, in any order. */
    void begin() {
        var faults = new ArrayList<Fault>();
        for (var fault : Fault.values()) {
            faults.addAll(Collections.nCopies(OF_EACH, fault));
        }
        Collections.shuffle(faults, random);
        long slot = duration.toMillis() / faults.size();
        for (int index = 0; index < faults.size(); index++) {
            var fault = faults.get(index);
            var length = Duration.ofMillis(random.nextInt((int) LONGEST_PAUSE.toMillis()));
            var victim = replicas.any(random);
            hands.schedule(() -> tried(() -> happen(fault, victim, length)), index * slot + random.nextInt((int) slot / 3),
                    TimeUnit.MILLISECONDS);
        }
        every(KILL_EVERY, this::kill);
        every(LOOK_EVERY, this::startThoseThatEnded);
    }

    private void every(Duration period, Runnable work) {
        hands.scheduleWithFixedDelay(() -> tried(work), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tried(Runnable work) {
        try {
            work.run();
        } catch (Throwable failure) {
            failures.add(failure);
        }
    }

    // On a slow machine a replica takes longer to start than the others live.
    private synchronized void kill() {
        if (replicas.working() < 2) {
            spared++;
            return;
        }
        replicas.any(random).killAndStart();
        kills++;
    }

    private synchronized void startThoseThatEnded() {
        ended += replicas.startThoseThatEnded();
    }

    private void happen(Fault fault, Replica victim, Duration length) {
        System.out.println("[faults] " + fault);
        switch (fault) {
            case BROKER -> {
                services.stopKafka();
                Patience.pause(length);
                services.startKafka();
            }
            case DATABASE -> {
                services.stopDatabase();
                Patience.pause(length);
                services.startDatabase();
            }
            case FREEZE -> {
                victim.freeze();
                Patience.pause(FROZEN);
                victim.letGo();
            }
        }
        done.merge(fault, 1, Integer::sum);
    }

    /** Returns when the last fault is over and both servers run. */
    void end() {
        hands.shutdown();
        try {
            if (!hands.awaitTermination(LAST_FAULT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("A fault did not end");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        services.startDatabase();
        services.startKafka();
    }

    /** What went wrong beyond what was to go wrong. */
    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    void tellOf(Report report) {
        report.line("kills", kills);
        report.line("beats at which no replica was to spare", spared);
        report.line("replicas that ended by themselves, and were started again", ended);
        report.line("restarts of broker and database, freezes", done);
    }
}
