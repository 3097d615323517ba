package org.openedx.aggregator.task;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.openedx.aggregator.task.TaskEvent.Changed;
import org.openedx.aggregator.task.TaskEvent.Deleted;
import org.openedx.aggregator.task.TaskEvent.Unchanged;

import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** One who watches one task. The emitter keeps only the newest event, so one who reads slowly takes no memory. */
final class TaskStream {

    private final UUID task;
    private final String viewer;
    private final Instant end;
    private final MultiEmitter<? super TaskEvent> emitter;
    private final Context context = Vertx.currentContext();
    private Instant lastEvent;
    private long version;
    private boolean over;

    TaskStream(UUID task, String viewer, long version, Instant now, Duration longest,
            MultiEmitter<? super TaskEvent> emitter) {
        this.task = task;
        this.viewer = viewer;
        this.version = version;
        this.lastEvent = now;
        this.end = now.plus(longest);
        this.emitter = emitter;
    }

    UUID task() {
        return task;
    }

    String viewer() {
        return viewer;
    }

    /** Of what was told last. */
    synchronized long version() {
        return version;
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Says a first word, without which the answer would not begin. */
    void open(TaskEvent first) {
        emitter.emit(first);
    }

    synchronized void changed(TaskStatus status, Instant now) {
        if (status.version() <= version || over) {
            return;
        }
        version = status.version();
        lastEvent = now;
        emit(new Changed(status));
        if (status.isFinished()) {
            end();
        }
    }

    synchronized void deleted() {
        if (!over) {
            emit(new Deleted(task));
            end();
        }
    }

    /** Says that it is still there, or that it was there for long enough. */
    synchronized void tick(Instant now, Duration heartbeat) {
        if (over) {
            return;
        }
        if (!now.isBefore(end)) {
            end();
        } else if (!now.isBefore(lastEvent.plus(heartbeat))) {
            lastEvent = now;
            later(this::emitUnchanged);
        }
    }

    synchronized void end() {
        over = true;
        later(emitter::complete);
    }

    private void emit(TaskEvent event) {
        later(() -> emitter.emit(event));
    }

    // Who has not yet read what was told last needs no sign of life, and it must not take the place of that.
    private void emitUnchanged() {
        if (emitter.requested() > 0) {
            emitter.emit(new Unchanged());
        }
    }

    // The thread that writes to a connection is the connection's.
    private void later(Runnable action) {
        if (context == null) {
            action.run();
        } else {
            context.runOnContext(ignored -> action.run());
        }
    }
}
