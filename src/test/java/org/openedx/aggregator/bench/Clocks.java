package org.openedx.aggregator.bench;

import java.time.Duration;

/** The clock on the wall, and those that run only while a process computes. */
record Clocks(ProcessHandle application, ProcessHandle database) {

    static Clocks of(ServiceProcess service, long databasePid) {
        return new Clocks(ProcessHandle.of(service.pid()).orElseThrow(), ProcessHandle.of(databasePid).orElseThrow());
    }

    /** All clocks at one moment, in nanoseconds; the bench is this JVM: broker, load generator, polling. */
    record Reading(long wall, long application, long database, long bench) {
    }

    Reading read() {
        return new Reading(System.nanoTime(), cpu(application), cpu(database), cpu(ProcessHandle.current()));
    }

    /** What was used since, in so many units of work. */
    Lap since(Reading start, double units) {
        return since(start, units, start.wall());
    }

    /** The same with a wall clock that was started at another moment than the others. */
    Lap since(Reading start, double units, long wallStart) {
        var end = read();
        return new Lap(units, end.wall() - wallStart, end.application() - start.application(),
                end.database() - start.database(), end.bench() - start.bench());
    }

    // utime + stime of /proc/<pid>/stat, in steps of 10 ms.
    private static long cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElseThrow();
    }
}
