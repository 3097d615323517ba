package org.openedx.aggregator.fault;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Something that goes on beside a drill until it is ended; what it fails with, it fails the drill with. */
final class Background {

    /** Ends soon after it is told that it does not go on. */
    interface Work {
        void run(BooleanSupplier goesOn);
    }

    private final Thread thread;
    private volatile boolean goesOn = true;
    private volatile Throwable failure;

    private Background(String name, Work work) {
        thread = new Thread(() -> tried(work), name);
        thread.setDaemon(true);
    }

    static Background start(String name, Work work) {
        var background = new Background(name, work);
        background.thread.start();
        return background;
    }

    private void tried(Work work) {
        try {
            work.run(() -> goesOn);
        } catch (Throwable e) {
            failure = e;
        }
    }

    /** Lets it finish what it is doing. */
    void end(Duration patience) {
        goesOn = false;
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (thread.isAlive() || failure != null) {
            throw new AssertionError(thread.getName() + " failed", failure);
        }
    }
}
