package org.openedx.aggregator.task;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** Artifacts, and the files that are to be deleted because no artifact has them. */
final class ArtifactTable {

    static final String ERROR = "Error";

    private static final String DELETE_REPLACED = """
            INSERT INTO user_task_file_deletion (file, due_at)
            SELECT file, UTC_TIMESTAMP(6) FROM user_task_artifact
             WHERE status_uuid = ? AND name = ? AND file IS NOT NULL
            ON DUPLICATE KEY UPDATE due_at = VALUES(due_at)""";

    private static final String PUT = """
            INSERT INTO user_task_artifact
              (uuid, created, modified, status_uuid, name, file, file_name, media_type, size, url, text)
            VALUES (?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), ?, ?, ?, ?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE modified = VALUES(modified), file = VALUES(file), file_name = VALUES(file_name),
              media_type = VALUES(media_type), size = VALUES(size), url = VALUES(url), text = VALUES(text)""";

    private static final String COPY_ERROR = """
            INSERT INTO user_task_artifact (uuid, created, modified, status_uuid, name, text)
            SELECT ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), ?, e.name, e.text FROM user_task_artifact e
             WHERE e.status_uuid = ? AND e.name = 'Error'
            ON DUPLICATE KEY UPDATE modified = VALUES(modified), file = NULL, url = NULL, text = VALUES(text)""";

    private static final String EXPECT = """
            INSERT INTO user_task_file_deletion (file, due_at) VALUES (?, UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND)""";

    private static final String KEEP = "DELETE FROM user_task_file_deletion WHERE file = ?";

    private static final String DELETE_FILES = """
            INSERT INTO user_task_file_deletion (file, due_at)
            SELECT file, UTC_TIMESTAMP(6) FROM user_task_artifact WHERE status_uuid IN (%s) AND file IS NOT NULL
            ON DUPLICATE KEY UPDATE due_at = VALUES(due_at)""";

    private static final String DELETE = "DELETE FROM user_task_artifact WHERE status_uuid IN (%s)";

    private ArtifactTable() {
    }

    /** A file as the store knows it and as a person sees it. */
    record Stored(String key, String fileName, String mediaType, long size) {
    }

    /** The content of an artifact: one of the three. */
    record Content(Optional<Stored> file, Optional<String> url, Optional<String> text) {

        static Content of(Stored file) {
            return new Content(Optional.of(file), Optional.empty(), Optional.empty());
        }

        static Content url(String url) {
            return new Content(Optional.empty(), Optional.of(url), Optional.empty());
        }

        static Content text(String text) {
            return new Content(Optional.empty(), Optional.empty(), Optional.of(text));
        }
    }

    /** A file is about to be written that may never become an artifact's. */
    static Uni<Void> expect(Pool connection, String file, Duration longest) {
        return connection.preparedQuery(EXPECT)
                .execute(Tuple.of(file, ClaimTable.micros(longest)))
                .replaceWithVoid();
    }

    static Uni<Void> put(SqlConnection transaction, String task, String name, Content content) {
        var file = content.file();
        var values = Tuple.of(UUID.randomUUID().toString(), task, name)
                .addString(file.map(Stored::key).orElse(null))
                .addString(file.map(Stored::fileName).orElse(null))
                .addString(file.map(Stored::mediaType).orElse(null))
                .addLong(file.map(Stored::size).orElse(null))
                .addString(content.url().orElse(null))
                .addString(content.text().orElse(null));
        return transaction.preparedQuery(DELETE_REPLACED)
                .execute(Tuple.of(task, name))
                .chain(() -> transaction.preparedQuery(PUT).execute(values))
                .chain(() -> transaction.preparedQuery(KEEP).execute(Tuple.of(file.map(Stored::key).orElse(""))))
                .replaceWithVoid();
    }

    static Uni<Void> copyError(SqlConnection transaction, String from, String to) {
        return transaction.preparedQuery(COPY_ERROR)
                .execute(Tuple.of(UUID.randomUUID().toString(), to, from))
                .replaceWithVoid();
    }

    /** Their files are deleted soon. */
    static Uni<Void> deleteOf(SqlConnection transaction, String quotedTasks) {
        return transaction.query(DELETE_FILES.formatted(quotedTasks))
                .execute()
                .chain(() -> transaction.query(DELETE.formatted(quotedTasks)).execute())
                .replaceWithVoid();
    }
}
