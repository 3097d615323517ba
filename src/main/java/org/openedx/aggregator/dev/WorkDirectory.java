package org.openedx.aggregator.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A directory that lives as long as this JVM, together with the server that works in it. */
final class WorkDirectory {

    private WorkDirectory() {
    }

    /** Makes a directory and promises to end its server and then to delete it when the JVM ends. */
    static Path create(String name, Runnable endServer) {
        try {
            var directory = Files.createTempDirectory("completion-aggregator-" + name + "-").toRealPath();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(directory, endServer), "end-" + name));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(Path directory, Runnable endServer) {
        endServer.run();
        delete(directory);
    }

    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
