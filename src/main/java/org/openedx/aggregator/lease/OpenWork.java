package org.openedx.aggregator.lease;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;

/**
 * What this process is in the midst of. Once it is told to stop, jobs begin nothing more and long work is handed over; then
 * it does not end before what it has begun: a database that is closed under a job leaves claims behind that others have to
 * wait for.
 */
@ApplicationScoped
public class OpenWork {

    private static final int MOST = 1_000_000;

    private final Semaphore room = new Semaphore(MOST);
    private final BroadcastProcessor<Void> end = BroadcastProcessor.create();
    private volatile boolean ending;
    private volatile boolean closed;

    /** Whether the process was told to stop; what goes on in steps takes no further one. */
    public boolean isEnding() {
        return ending;
    }

    /** Does some work, for whose end the process waits. When it has begun to wait, work is neither begun nor answered. */
    public <T> Uni<T> run(Uni<T> work) {
        var waitedFor = work.onTermination().invoke(room::release);
        return Uni.createFrom().deferred(() -> begins() ? waitedFor : Uni.createFrom().nothing());
    }

    /**
     * Does some work that takes too long to be waited for: it is cancelled when the process is told to stop, and fails with
     * {@link InterruptedWorkException}.
     */
    public <T> Uni<T> interruptible(Uni<T> work) {
        var interruption = end.toUni().<T> chain(() -> Uni.createFrom().failure(new InterruptedWorkException()));
        return Uni.join().first(work, interruption).toTerminate();
    }

    private boolean begins() {
        return !closed && room.tryAcquire();
    }

    /** The process was told to stop. */
    void tell() {
        ending = true;
        end.onComplete();
    }

    /** Returns when nothing is under way any more, or false after so long; the caller is no event loop. */
    boolean end(Duration patience) throws InterruptedException {
        tell();
        closed = true;
        return room.tryAcquire(MOST, patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
