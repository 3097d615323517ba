package org.openedx.aggregator.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.openedx.aggregator.support.Sql;

/** A MariaDB of its own with the database of an LMS, set up as Debezium needs it: the service's writes no binary log. */
public final class LmsMariaDb implements AutoCloseable {

    /** Who reads the binary log, with no more rights than the operator is told to give. */
    public static final String READER = "debezium";
    public static final String PASSWORD = "reader's secret";

    private static final String NAME = "openedx";

    private final int port = Loopback.freePort();
    private final Process server;

    /** Starts it; answers when it takes connections. */
    public LmsMariaDb() {
        var directory = WorkDirectory.create("lms", this::close);
        var files = MariaDbFiles.in(directory);
        files.install();
        server = start(files);
        Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50))
                .until(() -> isReady(files.log()));
    }

    private Process start(MariaDbFiles files) {
        try {
            Files.writeString(files.initialSql(), """
                    CREATE DATABASE %1$s CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
                    CREATE USER '%1$s'@'%%' IDENTIFIED BY '%1$s';
                    GRANT ALL ON %1$s.* TO '%1$s'@'%%';
                    CREATE USER '%2$s'@'%%' IDENTIFIED BY '%3$s';
                    GRANT SELECT, RELOAD, SHOW DATABASES, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO '%2$s'@'%%';
                    """.formatted(NAME, READER, PASSWORD.replace("'", "''")));
            var process = files.server();
            process.command().addAll(List.of("--bind-address=" + Loopback.HOST, "--port=" + port, "--socket=server.sock",
                    "--init-file=" + files.initialSql(), "--skip-ssl", "--skip-name-resolve",
                    "--character-set-server=utf8mb4", "--collation-server=utf8mb4_unicode_ci", "--default-time-zone=+00:00",
                    "--innodb-buffer-pool-size=64M", "--innodb-flush-log-at-trx-commit=2",
                    "--log-bin=binlog", "--binlog-format=ROW", "--binlog-row-image=FULL", "--server-id=1"));
            if ("root".equals(System.getProperty("user.name"))) {
                process.command().add("--user=root");
            }
            return process.start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isReady(Path log) throws IOException {
        if (!server.isAlive()) {
            throw new AssertionError("MariaDB did not start: " + Files.readString(log));
        }
        return Loopback.greets(port);
    }

    public String host() {
        return Loopback.HOST;
    }

    public int port() {
        return port;
    }

    /** The database as the LMS writes it. */
    public Sql sql() {
        return new Sql("jdbc:mysql://" + Loopback.HOST + ":" + port + "/" + NAME, NAME, NAME);
    }

    @Override
    public void close() {
        if (server != null && server.isAlive()) {
            OwnProcess.kill(server.toHandle());
        }
    }
}
