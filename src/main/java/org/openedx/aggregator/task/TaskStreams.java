package org.openedx.aggregator.task;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;

/** Who watches what on this replica. */
@ApplicationScoped
class TaskStreams {

    private final WatchConfig config;
    private final Clock clock;
    private final Set<TaskStream> open = new LinkedHashSet<>();
    private final Map<UUID, Set<TaskStream>> byTask = new HashMap<>();
    private final Map<String, Integer> byViewer = new HashMap<>();
    private boolean stopping;

    TaskStreams(WatchConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    // Before requests are waited for: these have no end of their own.
    void onStopSoon(@Observes ShutdownDelayInitiatedEvent event) {
        end();
    }

    void onStop(@Observes ShutdownEvent event) {
        end();
    }

    // Who watches comes back, to another replica.
    private void end() {
        synchronized (this) {
            stopping = true;
        }
        all().forEach(TaskStream::end);
    }

    /** @throws TooManyStreamsException if there is no room */
    synchronized void add(TaskStream stream) {
        if (stopping || open.size() >= config.streams()) {
            throw TooManyStreamsException.ofReplica();
        }
        if (byViewer.getOrDefault(stream.viewer(), 0) >= config.streamsPerUser()) {
            throw TooManyStreamsException.ofPerson();
        }
        open.add(stream);
        byTask.computeIfAbsent(stream.task(), task -> new LinkedHashSet<>()).add(stream);
        byViewer.merge(stream.viewer(), 1, Integer::sum);
    }

    synchronized void remove(TaskStream stream) {
        if (open.remove(stream)) {
            byTask.computeIfPresent(stream.task(), (task, streams) -> without(stream, streams));
            byViewer.computeIfPresent(stream.viewer(), (viewer, count) -> count == 1 ? null : count - 1);
        }
    }

    private static Set<TaskStream> without(TaskStream stream, Set<TaskStream> streams) {
        streams.remove(stream);
        return streams.isEmpty() ? null : streams;
    }

    synchronized int count() {
        return open.size();
    }

    /** The tasks that are watched, each with the oldest version that one of its watchers has got. */
    Map<UUID, Long> versions() {
        return all().stream()
                .filter(stream -> !stream.isOver())
                .collect(Collectors.toMap(TaskStream::task, TaskStream::version, Math::min));
    }

    void changed(TaskStatus status) {
        of(status.uuid()).forEach(stream -> stream.changed(status, clock.instant()));
    }

    void deleted(UUID task) {
        of(task).forEach(TaskStream::deleted);
    }

    void tick() {
        var now = clock.instant();
        all().forEach(stream -> stream.tick(now, config.heartbeat()));
    }

    private synchronized Collection<TaskStream> all() {
        return List.copyOf(open);
    }

    private synchronized Collection<TaskStream> of(UUID task) {
        return List.copyOf(byTask.getOrDefault(task, Set.of()));
    }
}
