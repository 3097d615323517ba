package org.openedx.aggregator.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openedx.aggregator.support.S3Server;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;

/** Against a real server, with real signatures. */
class S3StoreTest {

    private static final String KEY = "user_tasks/2026/11/21/0f6f2f3c-6c6f-4a52-9d0e-0a9d2b7f5f11/Größe & mehr.csv";
    private static final int MEBIBYTE = 1 << 20;
    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    static Path directory;
    private static S3Server server;
    private static S3Store store;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        server = new S3Server(directory);
        store = store(settings());
    }

    @AfterAll
    static void end() {
        store.close();
        server.close();
        VERTX.closeAndAwait();
    }

    @AfterEach
    void empty() {
        server.gate().open();
        await(store.delete(KEY));
        assertThat(server.files()).isEmpty();
    }

    @Test
    void a_link_loads_the_file_under_its_name() throws Exception {
        // When
        var size = await(store.write(KEY, content("Größe,", "1")));
        var answer = get(link());

        // Then
        assertThat(size).isEqualTo(9);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), "UTF-8")).isEqualTo("Größe,1");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"Gro_e.csv\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.csv");
        assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(type -> type.startsWith("text/csv"));
    }

    @Test
    void a_part_is_answered_as_one() throws Exception {
        // Given
        await(store.write(KEY, content("0123456789")));

        // When
        var answer = get(link(), "Range", "bytes=2-4");

        // Then
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).asString().isEqualTo("234");
    }

    @Test
    void a_link_expires_and_cannot_be_changed() throws Exception {
        // Given
        await(store.write(KEY, content("x")));
        var link = link();
        var forged = URI.create(link.toString().replace("X-Amz-Expires=3600", "X-Amz-Expires=7200"));
        var brief = store(settings().withLinkLife(Duration.ofSeconds(4)));

        // When
        var soonDead = await(brief.link(KEY, "x.csv", "text/csv"));

        // Then
        assertThat(get(link).statusCode()).isEqualTo(200);
        assertThat(get(soonDead).statusCode()).isEqualTo(200);
        assertThat(get(forged).statusCode()).isEqualTo(403);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> get(soonDead).statusCode() == 403);
        brief.close();
    }

    @Test
    void a_large_file_goes_in_parts_and_comes_as_one() throws Exception {
        // Given
        int size = 40 * MEBIBYTE + 1;

        // When
        var written = await(store.write(KEY, numbered(size)));
        var answer = get(link());

        // Then
        assertThat(written).isEqualTo(size);
        assertThat(answer.body()).isEqualTo(join(numbered(size)));
    }

    @Test
    void a_file_of_exactly_one_part_and_an_empty_one_are_files() throws Exception {
        for (int size : new int[] { 0, S3Upload.PART }) {
            // When
            var written = await(store.write(KEY, numbered(size)));

            // Then
            assertThat(written).isEqualTo(size);
            assertThat(get(link()).body()).hasSize(size);
        }
    }

    @Test
    void content_that_fails_leaves_nothing() {
        // Given
        var content = Multi.createBy().concatenating().streams(
                numbered(20 * MEBIBYTE), Multi.createFrom().failure(new IllegalStateException("no more")));

        // Then
        assertThatThrownBy(() -> await(store.write(KEY, content)))
                .isInstanceOf(IllegalStateException.class).hasMessage("no more");
        assertThat(server.files()).isEmpty();
    }

    @Test
    void an_upload_that_is_given_up_leaves_nothing() {
        // Given
        var content = Multi.createBy().concatenating().streams(numbered(20 * MEBIBYTE), Multi.createFrom().nothing());

        // When
        var writing = store.write(KEY, content).subscribe().with(size -> {
        });
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> server.files().size() >= 2);
        writing.cancel();

        // Then
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> server.files().isEmpty());
    }

    @Test
    void a_deleted_file_is_gone_and_stays_so() throws Exception {
        // Given
        await(store.write(KEY, content("x")));

        // When
        await(store.delete(KEY));
        await(store.delete(KEY));

        // Then
        assertThat(get(link()).statusCode()).isEqualTo(404);
    }

    @Test
    void a_server_that_is_away_is_named() {
        // Given
        server.gate().shut();

        // Then
        assertThatThrownBy(() -> await(store.write(KEY, content("x"))))
                .isInstanceOf(ArtifactStoreException.class)
                .hasMessageContaining(S3Server.BUCKET + " at " + server.endpoint());
    }

    @Test
    void credentials_that_are_wrong_and_buckets_that_there_are_not_are_named() {
        // Given
        var stranger = store(Settings.in(directory).withBucket(
                S3Settings.of(S3Server.BUCKET, server.endpoint(), S3Server.ACCESS_KEY_ID, "wrong")));
        var lost = store(Settings.in(directory).withBucket(
                S3Settings.of("nowhere", server.endpoint(), S3Server.ACCESS_KEY_ID, S3Server.SECRET_ACCESS_KEY)));

        // Then
        assertThatThrownBy(() -> await(stranger.write(KEY, content("x"))))
                .isInstanceOf(ArtifactStoreException.class).hasMessageContaining("403");
        assertThatThrownBy(() -> await(lost.write(KEY, content("x"))))
                .isInstanceOf(ArtifactStoreException.class).hasMessageContaining("404");
        stranger.close();
        lost.close();
    }

    @Test
    void what_is_no_key_never_reaches_the_server() {
        assertThatThrownBy(() -> await(store.write("../x", content("y")))).isInstanceOf(InvalidArtifactKeyException.class);
        assertThatThrownBy(() -> await(store.delete("../x"))).isInstanceOf(InvalidArtifactKeyException.class);
        assertThatThrownBy(() -> await(store.link("../x", "x", "text/csv"))).isInstanceOf(InvalidArtifactKeyException.class);
    }

    private static Settings settings() {
        return Settings.in(directory).withBucket(S3Settings.of(
                S3Server.BUCKET, server.endpoint(), S3Server.ACCESS_KEY_ID, S3Server.SECRET_ACCESS_KEY));
    }

    private static S3Store store(Settings settings) {
        return new S3Store(VERTX, settings);
    }

    private URI link() {
        return await(store.link(KEY, "Größe.csv", "text/csv"));
    }

    private HttpResponse<byte[]> get(URI link, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(link).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static Multi<Buffer> content(String... texts) {
        return Multi.createFrom().items(texts).map(Buffer::buffer);
    }

    /** Odd pieces whose bytes tell where they stood. */
    private static Multi<Buffer> numbered(int size) {
        int piece = 100_003;
        return Multi.createFrom().items(Stream.iterate(0, from -> from < size, from -> from + piece))
                .map(from -> bytes(from, Math.min(piece, size - from)));
    }

    private static Buffer bytes(int from, int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ((from + i) * 31 >> 7);
        }
        return Buffer.buffer(bytes);
    }

    private static byte[] join(Multi<Buffer> content) {
        return await(content.collect().in(Buffer::buffer, Buffer::appendBuffer)).getBytes();
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }
}
