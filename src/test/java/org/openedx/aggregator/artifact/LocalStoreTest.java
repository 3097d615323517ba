package org.openedx.aggregator.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;

class LocalStoreTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final String KEY = "user_tasks/2026/11/21/0f6f2f3c-6c6f-4a52-9d0e-0a9d2b7f5f11/report.csv";

    @TempDir
    Path directory;
    private LocalStore store;

    @BeforeEach
    void open() {
        var settings = Settings.in(directory);
        store = new LocalStore(VERTX, new LinkSigner(settings, Clock.systemUTC()), settings);
    }

    @AfterAll
    static void end() {
        await(VERTX.close());
    }

    @Test
    void a_file_lies_under_its_key_and_its_size_is_told() throws IOException {
        // When
        var size = await(store.write(KEY, content("Größe,", "1\n")));

        // Then
        assertThat(size).isEqualTo(10);
        assertThat(directory.resolve(KEY)).hasContent("Größe,1\n".strip());
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void a_file_may_be_empty() {
        // When
        var size = await(store.write(KEY, Multi.createFrom().empty()));

        // Then
        assertThat(size).isZero();
        assertThat(directory.resolve(KEY)).isEmptyFile();
    }

    @Test
    void content_that_fails_leaves_nothing() throws IOException {
        // Given
        var content = Multi.createBy().concatenating().streams(
                content("x".repeat(1 << 20)), Multi.createFrom().failure(new IllegalStateException("no more")));

        // Then
        assertThatThrownBy(() -> await(store.write(KEY, content)))
                .isInstanceOf(IllegalStateException.class).hasMessage("no more");
        assertThat(directory.resolve(KEY)).doesNotExist();
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void while_it_is_written_nothing_is_under_the_key_and_what_is_given_up_goes() {
        // Given
        var content = Multi.createBy().concatenating().streams(content("x".repeat(1 << 20)), Multi.createFrom().nothing());

        // When
        var writing = store.write(KEY, content).subscribe().with(size -> {
        });
        Awaitility.await().until(() -> unfinished().size() == 1);

        // Then
        assertThat(directory.resolve(KEY)).doesNotExist();
        writing.cancel();
        Awaitility.await().until(() -> unfinished().isEmpty());
    }

    @Test
    void a_second_file_under_a_key_replaces_the_first() {
        // Given
        await(store.write(KEY, content("first and longer")));

        // When
        await(store.write(KEY, content("second")));

        // Then
        assertThat(directory.resolve(KEY)).hasContent("second");
    }

    @Test
    void a_deleted_file_is_gone_with_its_directory_and_stays_so() {
        // Given
        await(store.write(KEY, content("x")));

        // When
        await(store.delete(KEY));
        await(store.delete(KEY));

        // Then
        assertThat(directory.resolve(KEY).getParent()).doesNotExist();
    }

    @Test
    void what_is_no_key_is_neither_written_nor_deleted_nor_linked() throws IOException {
        // Given
        var outside = Files.writeString(directory.resolve("precious"), "x");
        var key = "user_tasks/2026/11/21/0f6f2f3c-6c6f-4a52-9d0e-0a9d2b7f5f11/../../../../../precious";

        // Then
        assertThatThrownBy(() -> await(store.write(key, content("y")))).isInstanceOf(InvalidArtifactKeyException.class);
        assertThatThrownBy(() -> await(store.delete(key))).isInstanceOf(InvalidArtifactKeyException.class);
        assertThatThrownBy(() -> await(store.link(key, "x", "text/csv"))).isInstanceOf(InvalidArtifactKeyException.class);
        assertThat(outside).hasContent("x");
    }

    @Test
    void a_directory_that_cannot_be_written_to_is_named() throws IOException {
        // Given
        Files.writeString(directory.resolve("user_tasks"), "a file where a directory should be");

        // Then
        assertThatThrownBy(() -> await(store.write(KEY, content("x"))))
                .isInstanceOf(ArtifactStoreException.class).hasMessageContaining(directory.toString());
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void only_dead_uploads_are_swept() throws IOException {
        // Given
        var now = Instant.now();
        var uploads = Files.createDirectories(directory.resolve(".uploads"));
        var dead = Files.writeString(uploads.resolve("dead"), "x");
        var alive = Files.writeString(uploads.resolve("alive"), "x");
        Files.setLastModifiedTime(dead, FileTime.from(now.minus(Duration.ofHours(7))));

        // When
        var swept = await(store.sweep(now.minus(Duration.ofHours(6))));

        // Then
        assertThat(swept).isEqualTo(1);
        assertThat(dead).doesNotExist();
        assertThat(alive).exists();
    }

    @Test
    void where_nothing_was_ever_uploaded_nothing_is_swept() {
        assertThat(await(store.sweep(Instant.now()))).isZero();
    }

    private List<Path> unfinished() throws IOException {
        try (var files = Files.list(directory.resolve(".uploads"))) {
            return files.toList();
        } catch (java.nio.file.NoSuchFileException none) {
            return List.of();
        }
    }

    private static Multi<Buffer> content(String... texts) {
        return Multi.createFrom().items(texts).map(Buffer::buffer);
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }
}
