package org.openedx.aggregator.event;

import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;

/**
 * Reads the records of a batch, apart from the event loops: two thousand of them take long enough for those who wait for an
 * answer from the same loop to notice.
 */
@ApplicationScoped
class BatchReader {

    private final EventReader reader;
    private final UserTaskEvents userTasks;
    private final Vertx vertx;

    BatchReader(EventReader reader, UserTaskEvents userTasks, Vertx vertx) {
        this.reader = reader;
        this.userTasks = userTasks;
        this.vertx = vertx;
    }

    /** What the records of a batch say, those that say nothing anybody could use, and those about user tasks. */
    record ReadBatch(List<ReadEvent> read, List<DeadLetter> unreadable, List<RawEvent> ofTasks) {
    }

    /** Gets what reading these records takes; fails while it cannot be had, and may be tried again. */
    Uni<Void> prepare(List<RawEvent> events) {
        return reader.prepare(events.stream().filter(event -> !userTasks.concerns(event)).toList());
    }

    Uni<ReadBatch> read(List<RawEvent> events) {
        return vertx.executeBlocking(() -> readNow(events));
    }

    private ReadBatch readNow(List<RawEvent> events) {
        var batch = new ReadBatch(new ArrayList<>(events.size()), new ArrayList<>(), new ArrayList<>());
        events.forEach(event -> readInto(batch, event));
        return batch;
    }

    private void readInto(ReadBatch batch, RawEvent event) {
        if (userTasks.concerns(event)) {
            batch.ofTasks().add(event);
            return;
        }
        try {
            var changes = reader.read(event);
            if (!changes.isEmpty()) {
                batch.read().add(new ReadEvent(event, changes));
            }
        } catch (UnreadableEventException e) {
            batch.unreadable().add(new DeadLetter(event, e.reason(), e.getMessage()));
        } catch (RuntimeException e) {
            // A mistake of ours must not stop the partition; the letter can be sent again when it is mended.
            Log.errorf(e, "Could not read a record of %s", event.topic());
            batch.unreadable().add(new DeadLetter(event, LetterReason.INTERNAL,
                    "Internal error: " + e.getClass().getSimpleName()));
        }
    }
}
