package org.openedx.aggregator.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one MariaDB of this JVM. What is known about it lives in system properties, which outlive class loaders. */
final class EmbeddedMariaDb {

    /** More arguments for the server, separated by blanks, such as {@code --innodb-flush-log-at-trx-commit=2}. */
    private static final String ARGUMENTS = "aggregator.embedded.mariadb.args";
    private static final String DIRECTORY = "aggregator.embedded.mariadb.directory";
    private static final String PORT = "aggregator.embedded.mariadb.port";
    private static final String PID = "aggregator.embedded.mariadb.pid";

    private static final String NAME = "aggregator";
    // Like no word of a log, so that tests find it there.
    private static final String PASSWORD = "password-of-an-embedded-server";
    private static final int START_ATTEMPTS = 1200;
    private static final int PAUSE_MILLISECONDS = 50;

    private final MariaDbFiles files;
    private final int port;

    private EmbeddedMariaDb(Path directory, int port) {
        this.files = MariaDbFiles.in(directory);
        this.port = port;
    }

    /** The server of this JVM, installed if it was not. */
    static EmbeddedMariaDb ofThisJvm() {
        return find().orElseGet(EmbeddedMariaDb::install);
    }

    /** The server of this JVM, which must have been installed. */
    static EmbeddedMariaDb started() {
        return find().orElseThrow(() -> new IllegalStateException("No embedded MariaDB in this JVM"));
    }

    private static Optional<EmbeddedMariaDb> find() {
        return Optional.ofNullable(System.getProperty(DIRECTORY))
                .map(directory -> new EmbeddedMariaDb(Path.of(directory), Integer.getInteger(PORT)));
    }

    private static EmbeddedMariaDb install() {
        var directory = WorkDirectory.create("mariadb", () -> process().ifPresent(OwnProcess::kill));
        var server = new EmbeddedMariaDb(directory, Loopback.freePort());
        server.files.install();
        System.setProperty(PORT, String.valueOf(server.port));
        System.setProperty(DIRECTORY, directory.toString());
        return server;
    }

    DatabaseAddress address() {
        return new DatabaseAddress("mysql://" + Loopback.HOST + ":" + port + "/" + NAME, NAME, PASSWORD);
    }

    long pid() {
        return process().orElseThrow(() -> new IllegalStateException("The embedded MariaDB does not run")).pid();
    }

    private static Optional<ProcessHandle> process() {
        return OwnProcess.find(Long.getLong(PID, -1));
    }

    /** Returns when the server takes connections; does nothing if it already does. */
    void start() {
        if (process().isPresent()) {
            return;
        }
        try {
            Files.writeString(files.initialSql(), initialSql());
            var process = files.server();
            process.command().addAll(arguments());
            var server = process.start();
            System.setProperty(PID, String.valueOf(server.pid()));
            awaitGreeting(server);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start MariaDB", e);
        }
    }

    private void awaitGreeting(Process server) throws IOException {
        for (var attempt = 0; !Loopback.greets(port); attempt++) {
            if (attempt == START_ATTEMPTS || !server.isAlive()) {
                throw new IllegalStateException("MariaDB did not start: " + Files.readString(files.log()));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while MariaDB started", e);
        }
    }

    /** Every user and grant can be made again, so the file may run at each start. */
    private static String initialSql() {
        return """
                CREATE DATABASE IF NOT EXISTS %1$s CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
                CREATE USER IF NOT EXISTS '%1$s'@'%%' IDENTIFIED BY '%2$s';
                GRANT ALL ON *.* TO '%1$s'@'%%' WITH GRANT OPTION;
                """.formatted(NAME, PASSWORD);
    }

    private List<String> arguments() {
        var arguments = new ArrayList<>(List.of(
                "--bind-address=" + Loopback.HOST,
                "--port=" + port,
                // Relative to the data: an absolute path is too long for a socket on some machines.
                "--socket=server.sock",
                "--init-file=" + files.initialSql(),
                // Making a key takes longer than starting.
                "--skip-ssl",
                "--skip-name-resolve",
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_bin",
                "--default-time-zone=+00:00",
                "--innodb-buffer-pool-size=256M",
                // As MySQL 8 has them by default.
                "--transaction-isolation=REPEATABLE-READ",
                "--max-allowed-packet=64M"));
        if ("root".equals(System.getProperty("user.name"))) {
            arguments.add("--user=root");
        }
        arguments.addAll(List.of(System.getProperty(ARGUMENTS, "").split(" ")));
        arguments.removeIf(String::isBlank);
        return arguments;
    }

    /** Returns when the server has ended in good order. */
    void stop() {
        process().ifPresent(OwnProcess::end);
    }
}
