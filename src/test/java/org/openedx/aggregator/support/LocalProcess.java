package org.openedx.aggregator.support;

import java.util.concurrent.TimeUnit;

/** What servers that tests start beside the service have in common. */
final class LocalProcess {

    private LocalProcess() {
    }

    /** Asks a process to end, and makes it if it does not. */
    static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
