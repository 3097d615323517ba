package org.openedx.aggregator.task;

import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

import org.openedx.aggregator.task.ArtifactTable.Stored;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** The files of artifacts. Each is noted down before it is written, so that it is deleted if it becomes nobody's. */
@ApplicationScoped
class TaskFiles {

    private static final String DUE = "SELECT file FROM user_task_file_deletion WHERE due_at <= UTC_TIMESTAMP(6) LIMIT 200";
    private static final String DELETED = "DELETE FROM user_task_file_deletion WHERE file = ?";
    private static final String LATER = """
            UPDATE user_task_file_deletion SET due_at = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR WHERE file = ?""";
    private static final int LONGEST_NAME = 60;

    private final Instance<ArtifactStore> store;
    private final Pool pool;
    private final TaskConfig config;
    private final Clock clock;

    TaskFiles(Instance<ArtifactStore> store, Pool pool, TaskConfig config, Clock clock) {
        this.store = store;
        this.pool = pool;
        this.config = config;
        this.clock = clock;
    }

    Uni<Stored> write(String fileName, String mediaType, Multi<Buffer> content) {
        var key = key(fileName);
        return ArtifactTable.expect(pool, key, config.longestWrite())
                .chain(() -> store.get().write(key, content))
                .map(size -> new Stored(key, fileName, mediaType, size));
    }

    Uni<URI> link(String key, String fileName, String mediaType) {
        return store.get().link(key, fileName, mediaType);
    }

    /** Deletes the files that are nobody's; one that cannot be deleted waits for an hour. */
    Uni<Integer> sweep() {
        return pool.query(DUE)
                .execute()
                .map(ClaimTable::uuids)
                .call(files -> Multi.createFrom()
                        .iterable(files)
                        .onItem()
                        .transformToUniAndConcatenate(this::delete)
                        .onItem()
                        .ignoreAsUni())
                .map(List::size);
    }

    private Uni<Void> delete(String key) {
        return Uni.createFrom()
                .deferred(() -> store.get().delete(key))
                .replaceWith(DELETED)
                .onFailure()
                .invoke(failure -> Log.warnf(failure, "Could not delete the file %s; it is tried again in an hour", key))
                .onFailure()
                .recoverWithItem(LATER)
                .chain(statement -> pool.preparedQuery(statement).execute(Tuple.of(key)))
                .replaceWithVoid();
    }

    // The name in the key is for who looks into the store; a person's browser saves the one in the row.
    private String key(String fileName) {
        var today = LocalDate.now(clock);
        var plain = fileName.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.+", "_");
        return "user_tasks/%04d/%02d/%02d/%s/%s".formatted(today.getYear(), today.getMonthValue(), today.getDayOfMonth(),
                UUID.randomUUID(), plain.substring(Math.max(0, plain.length() - LONGEST_NAME)));
    }
}
