package org.openedx.aggregator.task;

import static io.quarkus.scheduler.Scheduled.ConcurrentExecution.SKIP;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.logging.Log;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/**
 * Looks which of the tasks that are watched here have changed: one query for all of them, however many watch, and one
 * more for those that have.
 */
@ApplicationScoped
class TaskWatchJob {

    private static final int TASKS_PER_QUERY = 512;

    private final TaskStreams streams;
    private final Pool pool;

    TaskWatchJob(TaskStreams streams, Pool pool) {
        this.streams = streams;
        this.pool = pool;
    }

    @Scheduled(identity = "task-watch", every = "${aggregator.task-watch.every:1s}", concurrentExecution = SKIP)
    Uni<Void> look() {
        streams.tick();
        var known = streams.versions();
        return Multi.createFrom()
                .iterable(known.keySet())
                .group()
                .intoLists()
                .of(TASKS_PER_QUERY)
                .onItem()
                .transformToUniAndConcatenate(tasks -> lookAt(known, tasks))
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(failure -> Log.error("Watched tasks could not be read; they are looked at again soon", failure))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> lookAt(Map<UUID, Long> known, List<UUID> tasks) {
        return TaskReader.versions(pool, tasks)
                .invoke(versions -> tellOfDeleted(tasks, versions.keySet()))
                .map(versions -> changed(known, versions))
                .chain(this::tellOfChanged);
    }

    private void tellOfDeleted(List<UUID> known, Set<UUID> found) {
        known.stream().filter(task -> !found.contains(task)).forEach(streams::deleted);
    }

    private static List<UUID> changed(Map<UUID, Long> known, Map<UUID, Long> versions) {
        return versions.entrySet().stream()
                .filter(version -> version.getValue() > known.get(version.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Uni<Void> tellOfChanged(List<UUID> changed) {
        return changed.isEmpty()
                ? Uni.createFrom().voidItem()
                : TaskReader.some(pool, changed)
                        .invoke(found -> found.values().forEach(streams::changed))
                        .replaceWithVoid();
    }
}
