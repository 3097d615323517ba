package org.openedx.aggregator.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.openedx.aggregator.task.ArtifactStore;

import io.vertx.mutiny.core.Vertx;

class StoreProducerTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Settings DIRECTORY = Settings.in(Path.of("anywhere"));
    private static final S3Settings BUCKET = S3Settings.of("reports", URI.create("http://127.0.0.1:1"), "id", "key");

    @AfterAll
    static void end() {
        VERTX.closeAndAwait();
    }

    @Test
    void without_a_bucket_files_are_kept_in_the_directory() {
        assertThat(store(DIRECTORY)).isInstanceOf(LocalStore.class);
    }

    @Test
    void a_directory_needs_a_secret_for_its_links() {
        assertThatThrownBy(() -> store(DIRECTORY.withSecrets())).hasMessageContaining("aggregator.artifact.link-secrets");
    }

    @Test
    void with_a_bucket_files_are_kept_there_and_no_secret_is_needed() {
        // When
        var store = store(DIRECTORY.withSecrets().withBucket(BUCKET));

        // Then
        assertThat(store).isInstanceOf(S3Store.class);
        new StoreProducer().close(store);
    }

    @Test
    void half_of_the_credentials_are_none() {
        // Given
        var half = new S3Settings(BUCKET.bucket(), BUCKET.endpoint(), BUCKET.accessKeyId(), Optional.empty());

        // Then
        assertThatThrownBy(() -> store(DIRECTORY.withBucket(half))).hasMessageContaining("secret-access-key");
    }

    private static ArtifactStore store(Settings settings) {
        var signer = new LinkSigner(settings, Clock.systemUTC());
        return new StoreProducer().store(settings, new LocalStore(VERTX, signer, settings), signer, VERTX);
    }
}
