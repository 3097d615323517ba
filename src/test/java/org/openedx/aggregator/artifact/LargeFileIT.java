package org.openedx.aggregator.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.openedx.aggregator.dev.EmbeddedServices;
import org.openedx.aggregator.support.ServiceProcess;

/** The packaged service with little memory. */
@DisabledIfSystemProperty(named = "native", matches = ".*", disabledReason = "A native build makes no jars")
class LargeFileIT {

    private static final Path LOG = Path.of("target", "large-file", "service.log");

    @TempDir
    Path directory;

    @Test
    void a_gibibyte_is_served_with_a_quarter_of_that_in_memory() throws Exception {
        // Given
        writeHole();
        var settings = new HashMap<>(EmbeddedServices.start().properties());
        settings.put("aggregator.artifact.directory", directory.toString());
        settings.put("aggregator.artifact.link-secrets", Settings.SECRET);

        try (var service = ServiceProcess.start(settings, Map.of(), "256m", LOG).awaitLive()) {
            var link = service.at(link());

            // When
            var http = HttpClient.newHttpClient();
            var slow = http.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofInputStream()).body();
            var loaded = load(http, link);

            // Then
            assertThat(loaded).as("beside a reader that does not read").isEqualTo(LargeFile.SIZE);
            slow.close();
            assertThat(LOG).content().doesNotContain("OutOfMemoryError");
        }
    }

    // It takes no room on the disk and is as long on the wire.
    private void writeHole() throws IOException {
        var path = directory.resolve(LargeFile.KEY);
        Files.createDirectories(path.getParent());
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(LargeFile.SIZE);
        }
    }

    private String link() {
        return new LinkSigner(Settings.in(directory), Clock.systemUTC())
                .link(new ArtifactKey(LargeFile.KEY), "large.bin", "application/octet-stream")
                .toString();
    }

    private static long load(HttpClient http, URI link) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(link).timeout(Duration.ofSeconds(60)).build();
        try (var body = http.send(request, BodyHandlers.ofInputStream()).body()) {
            long size = 0;
            var buffer = new byte[1 << 16];
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                size += count;
            }
            return size;
        }
    }
}
