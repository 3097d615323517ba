package org.openedx.aggregator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.openedx.aggregator.dev.DevKeys;
import org.openedx.aggregator.dev.EmbeddedServices;
import org.openedx.aggregator.support.Lms;

/** Measures everything in the order in which one measurement leaves what the next one needs, and writes the report. */
public final class Benchmark {

    /** Fewer runs are for profiling, not for a report to keep. */
    private static final int RUNS = Integer.getInteger("bench.runs", 3);
    /** What is measured, after ingest, which brings the facts that most need. */
    private static final Set<String> PARTS = Set.of(System.getProperty("bench.parts").split(","));
    private static final Set<String> WITHOUT_FACTS = Set.of("start", "tasks");
    private static final int LEARNERS = Integer.getInteger("bench.learners", 2_000);
    private static final Path DIRECTORY = Path.of("target", "bench");
    private static final Path LOG = DIRECTORY.resolve("service.log");
    private static final Logger ROOT = Logger.getLogger("");

    private final EmbeddedServices services = EmbeddedServices.start();
    private final SchemaServer schemas = new SchemaServer();
    private final Site site = new Site(LEARNERS);
    private final Feed feed = new Feed(services.bootstrapServers(), site);

    private Benchmark() {
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        ROOT.setLevel(Level.WARNING);
        Files.createDirectories(DIRECTORY);
        var about = Machine.describe();
        var figures = new ArrayList<>(PARTS.contains("rollup") ? RollUps.measure(RUNS) : List.of());
        var benchmark = new Benchmark();
        about.put("database", benchmark.measure(figures));
        about.put("load average at end", Machine.load());
        var report = new Report(about, figures);
        report.write(DIRECTORY);
        System.out.println(report.markdown());
        // The broker's threads would keep this JVM; its hooks end broker and database.
        System.exit(0);
    }

    /** Returns the version of the database. */
    private String measure(List<Figure> figures) throws SQLException {
        if (PARTS.contains("start")) {
            figures.addAll(new Starts(settings("off"), LOG, RUNS).measure());
        }
        if (!WITHOUT_FACTS.containsAll(PARTS)) {
            figures.addAll(with("off", this::ingest));
            figures.addAll(with("1s", this::aggregateAndRead));
        }
        if (PARTS.contains("outbox")) {
            figures.addAll(changedResults());
        }
        if (PARTS.contains("tasks")) {
            figures.addAll(with("off", this::tasks));
        }
        feed.close();
        try (var tables = new Tables(services)) {
            return "MariaDB " + tables.text("SELECT VERSION()");
        }
    }

    private List<Figure> changedResults() throws SQLException {
        var changes = new ChangedResults(site.learners(), RUNS);
        with(settings("1s"), changes::measureWithout);
        with(withEvents(), changes::measureWith);
        return changes.figures();
    }

    private List<Figure> ingest(Bench bench) {
        bench.calls().put("/completion-aggregator/v1/structure/" + Site.COURSE + "/", site.structure());
        feed.enroll(site.learners());
        feed.awaitTakenIn();
        var figures = new ArrayList<>(new Ingest(bench).measure(RUNS));
        figures.add(Figure.of("ingest.resident_mib", "resident after that, with a heap of 256 MiB, in MiB",
                Starts.natively(200), List.of(bench.service().resident())));
        return figures;
    }

    private List<Figure> aggregateAndRead(Bench bench) {
        var aggregations = new Aggregations(bench);
        var figures = new ArrayList<Figure>();
        if (PARTS.contains("aggregation")) {
            figures.addAll(aggregations.measureFull(site.learners(), RUNS));
            figures.add(aggregations.measureIncremental(RUNS));
        }
        if (PARTS.contains("reads")) {
            figures.addAll(new Reads(bench, RUNS).measure());
        }
        if (PARTS.contains("visibility")) {
            figures.addAll(new Visibility(bench, aggregations).measure(RUNS));
        }
        if (PARTS.contains("report")) {
            figures.addAll(new Reports(bench, RUNS).measure());
        }
        if (PARTS.contains("scale") && RUNS > 1) {
            figures.addAll(new Scale(bench, aggregations).measure(RUNS));
        }
        return figures;
    }

    private List<Figure> with(String aggregationEvery, Function<Bench, List<Figure>> measurement) throws SQLException {
        return with(settings(aggregationEvery), measurement);
    }

    private <T> T with(Map<String, String> settings, Function<Bench, T> measurement) throws SQLException {
        try (var service = ServiceProcess.start(settings, LOG);
                var tables = new Tables(services)) {
            // What starting up left behind is done when the database is quiet.
            Patience.pause(Duration.ofSeconds(2));
            return measurement.apply(
                    new Bench(site, feed, tables, service, Clocks.of(service, services.databasePid())));
        }
    }

    private List<Figure> tasks(Bench bench) {
        var figures = new ArrayList<>(new TaskPolls(bench, RUNS).measure());
        figures.addAll(new TaskStreams(bench).measure());
        figures.add(new TaskRuns(bench, services).measure(RUNS));
        return figures;
    }

    private Map<String, String> withEvents() {
        var settings = settings("1s");
        settings.put("aggregator.tracking.enabled", "true");
        settings.put("aggregator.tracking.form", "json");
        return settings;
    }

    private Map<String, String> settings(String aggregationEvery) {
        var settings = new HashMap<>(services.properties());
        settings.put("aggregator.auth.issuers", DevKeys.ISSUER);
        settings.put("aggregator.aggregation.every", aggregationEvery);
        settings.put("aggregator.registry.url", schemas.url());
        settings.put("aggregator.artifact.directory", DIRECTORY.resolve("artifacts").toString());
        // One person asks for everything.
        settings.put("aggregator.limit.enabled", "false");
        settings.put("aggregator.event.cdc-topics", Lms.CAPTURED_COMPLETIONS);
        // The broker must not give up on a service that is held while events are laid out.
        settings.put("mp.messaging.incoming.events.session.timeout.ms", "180000");
        return settings;
    }
}
