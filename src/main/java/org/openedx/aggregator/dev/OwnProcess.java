package org.openedx.aggregator.dev;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that this JVM has started. */
final class OwnProcess {

    private static final int END_SECONDS = 30;

    private OwnProcess() {
    }

    /** Only a child of ours: a number alone may by now belong to somebody else's process. */
    static Optional<ProcessHandle> find(long pid) {
        return ProcessHandle.current().children().filter(child -> child.pid() == pid).findAny();
    }

    /** Returns when the process has ended in good order. */
    static void end(ProcessHandle process) {
        process.destroy();
        awaitEnd(process);
    }

    /** Returns when the process is gone, whatever it was doing. */
    static void kill(ProcessHandle process) {
        process.destroyForcibly();
        awaitEnd(process);
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Process " + process.pid() + " did not end", e);
        }
    }
}
