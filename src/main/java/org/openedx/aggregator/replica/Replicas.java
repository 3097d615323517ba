package org.openedx.aggregator.replica;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

/** The replicas by what they last said of themselves. Times are the database's. */
@ApplicationScoped
public class Replicas {

    private static final int MAX_ROWS = 200;
    private static final int MAX_NAME = 255;
    private static final int MAX_VERSION = 64;

    private static final String SEEN = """
            INSERT INTO replica (id, name, version, started, seen) VALUES (?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))
            ON DUPLICATE KEY UPDATE seen = VALUES(seen)""";

    private static final String FORGET = "DELETE FROM replica WHERE seen < UTC_TIMESTAMP(6) - INTERVAL 1 DAY";

    // Who was gone for an hour is history, but may explain what is seen now.
    private static final String LIST = """
            SELECT name, version, started, seen, seen > UTC_TIMESTAMP(6) - INTERVAL 60 SECOND
              FROM replica WHERE seen > UTC_TIMESTAMP(6) - INTERVAL 1 HOUR ORDER BY seen DESC LIMIT ?""";

    private final Pool pool;
    private final ReplicaConfig config;
    private final String id = UUID.randomUUID().toString();

    Replicas(Pool pool, ReplicaConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /**
     * A replica.
     *
     * @param since when it was first seen
     * @param alive whether it was seen within the last minute
     */
    public record Replica(String name, String version, Instant since, Instant seen, boolean alive) {
    }

    /** Those seen within the last hour, the newest word first. */
    public Uni<List<Replica>> list() {
        return pool.preparedQuery(LIST)
                .execute(Tuple.of(MAX_ROWS))
                .map(rows -> rows.stream().map(Replicas::replica).toList());
    }

    /** This replica is alive. */
    Uni<Void> beat() {
        return pool.preparedQuery(SEEN)
                .execute(Tuple.of(id, cut(name(), MAX_NAME), cut(config.version(), MAX_VERSION)))
                .chain(() -> pool.query(FORGET).execute())
                .replaceWithVoid();
    }

    private String name() {
        return config.name().orElseGet(Replicas::host);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }

    private static Replica replica(Row row) {
        return new Replica(row.getString(0), row.getString(1), instant(row.getLocalDateTime(2)),
                instant(row.getLocalDateTime(3)), row.getInteger(4) == 1);
    }

    private static Instant instant(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC);
    }
}
