package org.openedx.aggregator.bench;

/** What every measurement needs: the site, the way in for events, the tables and a running service. */
record Bench(Site site, Feed feed, Tables tables, ServiceProcess service, Clocks clocks) {

    Calls calls() {
        return new Calls(service.address());
    }

    /** Says on the console how far the benchmark is. */
    static void say(String what) {
        System.out.println("[bench] " + what);
    }
}
