package org.openedx.aggregator.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.openedx.aggregator.transaction.Batches;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;

/** Look-ups of single tasks, of which each open tab makes one every few seconds; they share queries, but no answers. */
@ApplicationScoped
class TaskReads {

    private static final int QUERIES_AT_ONCE = 2;
    private static final int TASKS_PER_QUERY = 32;

    private final Pool pool;
    private final Batches<UUID, Optional<TaskStatus>> batches = new Batches<>(QUERIES_AT_ONCE, TASKS_PER_QUERY, this::read);

    TaskReads(Pool pool) {
        this.pool = pool;
    }

    Uni<Optional<TaskStatus>> of(UUID task) {
        return batches.add(task);
    }

    private Uni<List<Optional<TaskStatus>>> read(List<UUID> tasks) {
        return TaskReader.some(pool, tasks.stream().distinct().toList())
                .map(found -> inOrder(tasks, found));
    }

    private static List<Optional<TaskStatus>> inOrder(List<UUID> tasks, Map<UUID, TaskStatus> found) {
        return tasks.stream().map(task -> Optional.ofNullable(found.get(task))).toList();
    }
}
