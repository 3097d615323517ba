package org.openedx.aggregator.support;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.openedx.aggregator.task.TaskPlan;
import org.openedx.aggregator.task.TaskProgress;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.buffer.Buffer;

/** Remembers what a task says of itself. */
public final class FakeProgress implements TaskProgress {

    public final List<JsonObject> checkpoints = new CopyOnWriteArrayList<>();
    public final Map<String, String> texts = new ConcurrentHashMap<>();
    public final AtomicInteger done = new AtomicInteger();
    public final AtomicInteger total = new AtomicInteger(-1);
    private final JsonObject parameters;
    private final Optional<JsonObject> lastCheckpoint;
    private final int canceledAfter;
    private final Function<Multi<Buffer>, Uni<Void>> files;

    /** Is cancelled after so many steps; takes files by the given function. */
    public FakeProgress(JsonObject parameters, Optional<JsonObject> lastCheckpoint, int canceledAfter,
            Function<Multi<Buffer>, Uni<Void>> files) {
        this.parameters = parameters;
        this.lastCheckpoint = lastCheckpoint;
        this.canceledAfter = canceledAfter;
        this.files = files;
    }

    @Override
    public UUID task() {
        return new UUID(0, 1);
    }

    @Override
    public JsonObject parameters() {
        return parameters;
    }

    @Override
    public Uni<Void> startAll(List<? extends TaskPlan> parts) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Void> name(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public Optional<JsonObject> lastCheckpoint() {
        return lastCheckpoint;
    }

    @Override
    public Uni<Void> stepsDone(int steps) {
        return Uni.createFrom().item(() -> count(steps));
    }

    private Void count(int steps) {
        if (done.addAndGet(steps) > canceledAfter) {
            throw new IllegalStateException("cancelled");
        }
        return null;
    }

    @Override
    public Uni<Void> addSteps(int steps) {
        total.addAndGet(steps);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> begin(int steps) {
        total.set(steps);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> state(String text) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> checkpoint(JsonObject checkpoint) {
        checkpoints.add(checkpoint);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> text(String name, String text) {
        texts.put(name, text);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> url(String name, URI url) {
        return text(name, url.toString());
    }

    @Override
    public Uni<Void> file(String name, String fileName, String mediaType, Multi<Buffer> content) {
        return files.apply(content);
    }
}
