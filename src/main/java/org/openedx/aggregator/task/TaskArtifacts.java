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

/** What tasks have left for the persons who asked for them, and for whom they share it with. */
@ApplicationScoped
public class TaskArtifacts {

    private static final String FROM = """
            FROM user_task_artifact a JOIN user_task_status s ON s.uuid = a.status_uuid WHERE\s""";

    private static final String OWN = FROM + "(? OR s.username = ?)";

    private static final String COLUMNS = """
            SELECT a.uuid, a.status_uuid, a.name, a.created, a.modified, a.file, a.file_name, a.media_type, a.url, a.text,
              s.username\s""";

    private static final String ONE = COLUMNS + FROM + "a.uuid = ?";
    private static final String PAGE = COLUMNS + OWN + " ORDER BY a.created DESC, a.uuid LIMIT ? OFFSET ?";
    private static final String COUNT = "SELECT COUNT(*)" + OWN;
    private static final String OF_TASK = COLUMNS + FROM + "s.uuid = ? ORDER BY a.created, a.uuid";

    private final Pool pool;
    private final TaskFiles files;
    private final TaskAccess access;

    TaskArtifacts(Pool pool, TaskFiles files, TaskAccess access) {
        this.pool = pool;
        this.files = files;
        this.access = access;
    }

    /**
     * Fails with {@link TaskNotFoundException} if there is none of a task that the viewer may see, and with
     * {@link TaskForbiddenException} if they may see no more than the task.
     */
    public Uni<TaskArtifact> find(UUID artifact, TaskViewer viewer) {
        return pool.preparedQuery(ONE)
                .execute(Tuple.of(artifact.toString()))
                .map(rows -> rows.stream().findFirst().orElseThrow(TaskNotFoundException::new))
                .call(row -> access.require(row.getString("status_uuid"), row.getString("username"), viewer,
                        TaskPermission.ARTIFACTS))
                .chain(this::artifact);
    }

    /** What a task has left, the oldest first; for who may see it, as {@link UserTasks#permissions} tells. */
    public Uni<List<TaskArtifact>> of(UUID task) {
        return list(OF_TASK, Tuple.of(task.toString()));
    }

    /** Those of the viewer's own tasks, or all for a superuser; the newest first. */
    public Uni<List<TaskArtifact>> list(TaskViewer viewer, long offset, int limit) {
        return list(PAGE, own(viewer).addInteger(limit).addLong(offset));
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

    public Uni<Long> count(TaskViewer viewer) {
        return pool.preparedQuery(COUNT)
                .execute(own(viewer))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static Tuple own(TaskViewer viewer) {
        return Tuple.of(viewer.superuser(), viewer.username());
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
