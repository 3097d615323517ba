package org.openedx.aggregator.task;

import java.time.Clock;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.task.TaskEvent.Changed;
import org.openedx.aggregator.task.TaskEvent.Unchanged;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;

/** Tasks as they change, on whatever replica they run. */
@ApplicationScoped
public class TaskWatch {

    private final TaskStreams streams;
    private final WatchConfig config;
    private final Clock clock;

    TaskWatch(TaskStreams streams, WatchConfig config, Clock clock) {
        this.streams = streams;
        this.config = config;
        this.clock = clock;
    }

    /**
     * The changes of a task from a state on, and that state first, until it is finished or deleted; of changes that
     * follow each other fast, or faster than they are read, only the newest. Now and then it says that nothing happened,
     * and after some time it ends without a reason. Fails with {@link TooManyStreamsException}.
     *
     * @param known whether the viewer has the state already
     */
    public Multi<TaskEvent> of(TaskStatus task, boolean known, String viewer) {
        return task.isFinished()
                ? Multi.createFrom().items(new Changed(task))
                : Multi.createFrom().emitter(emitter -> open(task, known, viewer, emitter), BackPressureStrategy.LATEST);
    }

    private void open(TaskStatus task, boolean known, String viewer, MultiEmitter<? super TaskEvent> emitter) {
        var stream = new TaskStream(task.uuid(), viewer, task.version(), clock.instant(), config.longest(), emitter);
        streams.add(stream);
        emitter.onTermination(() -> streams.remove(stream));
        stream.open(known ? new Unchanged() : new Changed(task));
    }
}
