package org.openedx.aggregator.task;

/** What the mechanism may do with a task, whatever its state says to a person; the numbers are in the table. */
final class Phase {

    static final int WAITING = 0;
    static final int READY = 1;
    static final int RUNNING = 2;
    static final int FINISHED = 3;

    private Phase() {
    }
}
