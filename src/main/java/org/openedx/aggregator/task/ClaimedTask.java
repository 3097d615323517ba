package org.openedx.aggregator.task;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.openedx.aggregator.task.ArtifactTable.Content;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.buffer.Buffer;

/** One attempt at a task. What it says is gathered until it was last written long enough ago. */
final class ClaimedTask implements TaskProgress {

    private volatile Claim claim;
    private final TaskClaims claims;
    private final TaskFiles files;
    private final Clock clock;
    private final Duration every;
    private Step unwritten = Step.NONE;
    private Optional<Throwable> over = Optional.empty();
    private Instant written;

    ClaimedTask(Claim claim, TaskClaims claims, TaskFiles files, Clock clock, Duration every) {
        this.claim = claim;
        this.claims = claims;
        this.files = files;
        this.clock = clock;
        this.every = every;
        this.written = clock.instant();
    }

    @Override
    public UUID task() {
        return UUID.fromString(claim.uuid());
    }

    @Override
    public JsonObject parameters() {
        return claim.parameters();
    }

    @Override
    public int attempt() {
        return claim.attempt();
    }

    @Override
    public Optional<JsonObject> lastCheckpoint() {
        return claim.checkpoint();
    }

    @Override
    public Uni<Void> stepsDone(int steps) {
        return Uni.createFrom().deferred(() -> writeSoon(Step.of(steps, 0)));
    }

    @Override
    public Uni<Void> addSteps(int steps) {
        return Uni.createFrom().deferred(() -> writeSoon(Step.of(0, steps)));
    }

    @Override
    public Uni<Void> begin(int steps) {
        return Uni.createFrom().deferred(() -> claims.begin(claim, rest(), steps));
    }

    @Override
    public Uni<Void> state(String text) {
        var state = TaskState.requireRunning(text);
        return Uni.createFrom().deferred(() -> writeSoon(Step.state(state)));
    }

    @Override
    public Uni<Void> name(String text) {
        return Uni.createFrom().deferred(() -> writeSoon(Step.name(NewTask.shortened(text))));
    }

    @Override
    public Uni<Void> checkpoint(JsonObject checkpoint) {
        var saved = Step.checkpoint(checkpoint.encode());
        return Uni.createFrom().deferred(() -> write(saved));
    }

    @Override
    public Uni<Void> text(String name, String text) {
        return claims.add(claim, name, Content.text(text));
    }

    @Override
    public Uni<Void> url(String name, URI url) {
        return claims.add(claim, name, Content.url(url.toString()));
    }

    @Override
    public Uni<Void> file(String name, String fileName, String mediaType, Multi<Buffer> content) {
        return files.write(fileName, mediaType, content)
                .chain(file -> claims.add(claim, name, Content.of(file)));
    }

    @Override
    public Uni<Void> startAll(List<? extends TaskPlan> parts) {
        return Uni.createFrom()
                .deferred(() -> claims.start(claim, parts))
                .invoke(() -> claim = claim.withParts());
    }

    /** As it is now. */
    Claim claim() {
        return claim;
    }

    /** Writes what was gathered, or only that the work goes on. */
    Uni<Void> beat() {
        return Uni.createFrom().deferred(() -> write(Step.NONE));
    }

    /** What was not written yet; it is the caller's now. */
    synchronized Step rest() {
        var rest = unwritten;
        unwritten = Step.NONE;
        return rest;
    }

    // Who was frozen for longer than a lease writes at once, and learns that it is too late.
    private Uni<Void> writeSoon(Step step) {
        gather(step);
        return isDue() ? write(Step.NONE) : unlessOver();
    }

    private Uni<Void> write(Step step) {
        var all = take().plus(step);
        return claims.write(claim, all)
                .onFailure()
                .invoke(failure -> keep(all, failure));
    }

    // The heartbeat may have heard first that it is over; the work is to hear it, too.
    private synchronized Uni<Void> unlessOver() {
        return over.map(failure -> Uni.createFrom().<Void> failure(failure))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private synchronized void keep(Step step, Throwable failure) {
        gather(step);
        if (failure instanceof TaskCanceledException || failure instanceof ClaimLostException) {
            over = Optional.of(failure);
        }
    }

    private synchronized void gather(Step step) {
        unwritten = unwritten.plus(step);
    }

    private synchronized Step take() {
        written = clock.instant();
        return rest();
    }

    private synchronized boolean isDue() {
        return !clock.instant().isBefore(written.plus(every));
    }
}
