package org.openedx.aggregator.task;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

/** What tasks have left for the persons who asked for them. An owner is a username; without one, everybody's are meant. */
@ApplicationScoped
public class TaskArtifacts {

    private static final String FROM = """
             FROM user_task_artifact a JOIN user_task_status s ON s.uuid = a.status_uuid
            WHERE (? OR s.username = ?)""";

    private static final String COLUMNS = """
            SELECT a.uuid, a.status_uuid, a.name, a.created, a.modified, a.file, a.file_name, a.media_type, a.url, a.text""";

    private static final String ONE = COLUMNS + FROM + " AND a.uuid = ?";
    private static final String PAGE = COLUMNS + FROM + " ORDER BY a.created DESC, a.uuid LIMIT ? OFFSET ?";
    private static final String OF_TASK = COLUMNS + " FROM user_task_artifact a WHERE a.status_uuid = ? ORDER BY a.created, a.uuid";
    private static final String COUNT = "SELECT COUNT(*)" + FROM;

    private final Pool pool;
    private final TaskFiles files;

    TaskArtifacts(Pool pool, TaskFiles files) {
        this.pool = pool;
        this.files = files;
    }

    /** Fails with {@link TaskNotFoundException}. */
    public Uni<TaskArtifact> find(UUID artifact, Optional<String> owner) {
        return pool.preparedQuery(ONE)
                .execute(of(owner).addString(artifact.toString()))
                .map(rows -> rows.stream().findFirst().orElseThrow(TaskNotFoundException::new))
                .chain(this::artifact);
    }

    /** What a task has left, the oldest first. Whoever asks may see the task. */
    public Uni<List<TaskArtifact>> of(UUID task) {
        return list(OF_TASK, Tuple.of(task.toString()));
    }

    /** The newest first. */
    public Uni<List<TaskArtifact>> list(Optional<String> owner, long offset, int limit) {
        return list(PAGE, of(owner).addInteger(limit).addLong(offset));
    }

    private Uni<List<TaskArtifact>> list(String query, Tuple values) {
        return pool.preparedQuery(query)
                .execute(values)
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(this::artifact)
                .collect()
                .asList();
    }

    public Uni<Long> count(Optional<String> owner) {
        return pool.preparedQuery(COUNT)
                .execute(of(owner))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static Tuple of(Optional<String> owner) {
        return Tuple.of(owner.isEmpty(), owner.orElse(""));
    }

    private Uni<TaskArtifact> artifact(Row row) {
        var key = row.getString("file");
        return key == null
                ? Uni.createFrom().item(artifact(row, Optional.empty()))
                : files.link(key, row.getString("file_name"), row.getString("media_type"))
                        .map(link -> artifact(row, Optional.of(link)));
    }

    private static TaskArtifact artifact(Row row, Optional<URI> link) {
        return new TaskArtifact(UUID.fromString(row.getString("uuid")), UUID.fromString(row.getString("status_uuid")),
                row.getString("name"), TaskReader.instant(row, "created"), TaskReader.instant(row, "modified"), link,
                Optional.ofNullable(row.getString("url")), Optional.ofNullable(row.getString("text")));
    }
}
