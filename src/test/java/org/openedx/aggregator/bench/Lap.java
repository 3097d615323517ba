package org.openedx.aggregator.bench;

/** One measured run: how many units of work, and what they took in nanoseconds. */
record Lap(double units, long wall, long application, long database, long bench) {

    double perSecond() {
        return units / (wall / 1e9);
    }

    double wallMicros() {
        return wall / 1e3 / units;
    }

    double applicationMicros() {
        return application / 1e3 / units;
    }

    double databaseMicros() {
        return database / 1e3 / units;
    }

    double benchMicros() {
        return bench / 1e3 / units;
    }

    double cpuMicros() {
        return applicationMicros() + databaseMicros();
    }
}
