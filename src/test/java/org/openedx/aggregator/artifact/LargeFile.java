package org.openedx.aggregator.artifact;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;

/** Writes a large file from many small pieces, in a process of its own with little memory. */
final class LargeFile {

    static final String KEY = "user_tasks/2026/11/21/0f6f2f3c-6c6f-4a52-9d0e-0a9d2b7f5f11/large.bin";
    static final long SIZE = 1L << 30;
    private static final int PIECE = 8 * 1024;

    private LargeFile() {
    }

    public static void main(String[] arguments) {
        var vertx = Vertx.vertx();
        var settings = Settings.in(Path.of(arguments[0]));
        var store = new LocalStore(vertx, new LinkSigner(settings, Clock.systemUTC()), settings);
        var written = store.write(KEY, content()).await().atMost(Duration.ofSeconds(60));
        System.exit(written == SIZE ? 0 : 1);
    }

    /** Each piece is memory of its own, as those of a report are. */
    static Multi<Buffer> content() {
        return Multi.createFrom().range(0, (int) (SIZE / PIECE)).map(number -> Buffer.buffer(new byte[PIECE]));
    }
}
