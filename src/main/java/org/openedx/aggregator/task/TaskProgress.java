package org.openedx.aggregator.task;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.buffer.Buffer;

/**
 * How a running task tells of itself and is told of the world. Each call fails with {@link TaskCanceledException} when
 * the task was cancelled and with {@link ClaimLostException} when another replica runs it; the task then ends by letting
 * the failure pass. Steps and states are written at most once in a while, so both are noticed about that late.
 */
public interface TaskProgress {

    UUID task();

    JsonObject parameters();

    /** From 1. */
    int attempt();

    /** What an earlier attempt saved last. */
    Optional<JsonObject> lastCheckpoint();

    default Uni<Void> stepDone() {
        return stepsDone(1);
    }

    Uni<Void> stepsDone(int steps);

    Uni<Void> addSteps(int steps);

    /** Says how many steps there are, none of which is done: for work that is done from its beginning in each attempt. */
    Uni<Void> begin(int steps);

    /** What it is doing, of at most 128 characters. */
    Uni<Void> state(String text);

    /** A better name than it was given, for its container, too; what is beyond 255 characters is left out. */
    Uni<Void> name(String text);

    /** Saves where a later attempt may go on. */
    Uni<Void> checkpoint(JsonObject checkpoint);

    /**
     * Has others do a part of the work, all at once, perhaps on other replicas. The steps of the parts are added to those of
     * this task, which ends when its own work and all parts have, and fails with any of them. What was started by an earlier
     * attempt, or is asked for twice, is done once. Fails with {@link IllegalArgumentException} for what cannot be done, such
     * as parts nested more than 5 deep.
     */
    Uni<Void> startAll(List<? extends TaskPlan> parts);

    /** Adds an artifact, or replaces the one of the name. */
    Uni<Void> text(String name, String text);

    /** Adds a web page as artifact, or replaces the one of the name. */
    Uni<Void> url(String name, URI url);

    /** Streams a file into an artifact, or replaces the one of the name when all is written. */
    Uni<Void> file(String name, String fileName, String mediaType, Multi<Buffer> content);
}
