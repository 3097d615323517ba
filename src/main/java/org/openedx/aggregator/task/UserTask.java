package org.openedx.aggregator.task;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/** A kind of long work; a bean of the feature that does the work. */
public interface UserTask {

    /** What names the kind in requests and rows, of at most 128 characters; never changed once tasks of it exist. */
    String action();

    /** What a person calls such a piece of work, of at most 255 characters. */
    String name(JsonObject parameters);

    /** How many steps there will be, at least; more may be added while it runs. */
    int totalSteps(JsonObject parameters);

    /**
     * Does the work. It is called again, perhaps on another replica, after a crash or a failure that is worth another
     * attempt; so what it does must bear repetition from its last checkpoint on. It runs on an event loop, in a context of
     * its own.
     */
    Uni<Void> run(TaskProgress progress);

    /** Whether another attempt may succeed where this failed. */
    default boolean isWorthRetrying(Throwable failure) {
        return failure instanceof RetryableTaskException;
    }

    /** Whether who asks for what is being done already gets the running task; else they are refused. */
    default boolean joinsRunning() {
        return false;
    }

    /** Whether nobody is told of its end, because there are too many of them or it is over before one has looked away. */
    default boolean isQuiet() {
        return false;
    }

    /** Tasks of a higher priority are claimed first. */
    default int priority() {
        return 0;
    }
}
