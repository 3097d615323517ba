package org.openedx.aggregator.fault;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.openedx.aggregator.dev.EmbeddedServices;
import org.openedx.aggregator.support.Lms;
import org.openedx.aggregator.support.ServiceProcess;
import org.openedx.aggregator.support.Sql;

/** A database, topics and a consumer group of a drill's own, and how replicas are started on them. */
final class Ground implements AutoCloseable {

    // Clients talk at length about each end of a broker that is ended on purpose.
    private static final List<Logger> TALKATIVE = List.of(Logger.getLogger("org.apache.kafka"), Logger.getLogger("kafka"));

    private final EmbeddedServices services = EmbeddedServices.start();
    private final String name;
    private final Lms lms;
    private final Map<String, String> more;

    /** The given settings are every replica's. */
    Ground(String of, Map<String, String> more) {
        TALKATIVE.forEach(logger -> logger.setLevel(Level.OFF));
        this.name = of + ProcessHandle.current().pid();
        this.more = more;
        this.lms = new Lms(name, name + "-");
        new Sql(services.jdbcUrl(), services.user(), services.password())
                .rows("CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
    }

    EmbeddedServices services() {
        return services;
    }

    Lms lms() {
        return lms;
    }

    String deadLetterTopic() {
        return name + "-dead-letters";
    }

    /** Where files of tasks lie. */
    Path artifacts() {
        return Report.DIRECTORY.resolve("artifacts-" + name).toAbsolutePath();
    }

    Sql sql() {
        return new Sql(own(services.jdbcUrl()), services.user(), services.password());
    }

    long marks() {
        return sql().number("SELECT COUNT(*) FROM stale_completion");
    }

    boolean isIdle() {
        return lms.lag() == 0 && marks() == 0;
    }

    Replica replica(String suffix) {
        return replica(suffix, "384m", List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    }

    Replica replica(String suffix, String heap, List<String> jvm) {
        return new Replica(suffix, number -> ServiceProcess.start(settings(suffix), Map.of(), heap, jvm,
                Report.DIRECTORY.resolve(Path.of("log", name + "-" + suffix + "-" + number + ".log"))));
    }

    // A broker that knows a replica again gives it back what it had; without the name it would wait for the dead one's session
    // to end, and of replicas that die every few seconds some session always has to end.
    private Map<String, String> settings(String suffix) {
        var settings = new HashMap<>(Map.ofEntries(
                Map.entry("quarkus.datasource.jdbc.url", own(services.jdbcUrl())),
                Map.entry("quarkus.datasource.reactive.url", own(services.reactiveUrl())),
                Map.entry("quarkus.datasource.username", services.user()),
                Map.entry("quarkus.datasource.password", services.password()),
                Map.entry("kafka.bootstrap.servers", services.bootstrapServers()),
                Map.entry("aggregator.event.topics", String.join(",", lms.topics())),
                Map.entry("aggregator.event.dead-letter-topic", deadLetterTopic()),
                Map.entry("mp.messaging.incoming.events.group.id", name),
                Map.entry("mp.messaging.incoming.events.group.instance.id", name + "-" + suffix),
                Map.entry("aggregator.artifact.directory", artifacts().toString()),
                Map.entry("aggregator.aggregation.every", "1s")));
        settings.putAll(more);
        return settings;
    }

    private String own(String url) {
        return url.replaceFirst("/[^/]*$", "/" + name);
    }

    @Override
    public void close() {
        lms.close();
        services.startDatabase();
        sql().rows("DROP DATABASE " + name);
    }
}
