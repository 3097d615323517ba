package org.openedx.aggregator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes the figures for people and for programs. */
final class Report {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    // As the specification lists them; what is measured besides comes after.
    private static final List<String> ORDER = List.of("full_first.learners_per_s", "full_forced.learners_per_s",
            "incremental.completions_per_s", "ingest.events_per_s", "read_one.requests_per_s", "read_one.p99_ms",
            "read_blocks.requests_per_s", "read_page.requests_per_s", "rollup.us", "scale.ratio");

    private final Map<String, String> about;
    private final List<Figure> figures;

    Report(Map<String, String> about, List<Figure> figures) {
        this.about = about;
        this.figures = figures.stream().sorted(Comparator.comparingInt(Report::place)).toList();
    }

    private static int place(Figure figure) {
        int place = ORDER.indexOf(figure.key());
        return place < 0 ? ORDER.size() : place;
    }

    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("report.md"), markdown());
        JSON.writeValue(directory.resolve("report.json").toFile(), json());
    }

    String markdown() {
        var text = new StringBuilder("""
                # Benchmark

                | figure | measured | median | min – max | bar | met | CPU per unit: application | database | bench |
                |---|---|---|---|---|---|---|---|---|
                """);
        for (var figure : figures) {
            text.append("| `%s` | %s | **%s** | %s – %s | %s | %s | %s | %s | %s |%n".formatted(figure.key(), figure.what(),
                    number(figure.median()), number(figure.min()), number(figure.max()),
                    figure.bar().map(bar -> bar.symbol() + " " + number(bar.value())).orElse(""),
                    figure.bar().map(bar -> bar.isMetBy(figure.median()) ? "yes" : "no").orElse(""),
                    cpu(figure, Lap::applicationMicros, " µs/" + figure.unit()), cpu(figure, Lap::databaseMicros, " µs"),
                    cpu(figure, Lap::benchMicros, " µs")));
        }
        text.append("\nMedian of %d runs after warm-up. The bench is broker, load generator and polling.%n%n".formatted(
                figures.get(0).values().size()));
        about.forEach((name, value) -> text.append("- ").append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    private static String cpu(Figure figure, ToDoubleFunction<Lap> measure, String unit) {
        return figure.laps().isEmpty() ? "" : number(figure.median(measure)) + unit;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }

    private ObjectNode json() {
        var root = JSON.createObjectNode();
        var machine = root.putObject("about");
        about.forEach(machine::put);
        figures.forEach(figure -> put(figure, root.putObject(figure.key())));
        return root;
    }

    private static void put(Figure figure, ObjectNode node) {
        node.put("what", figure.what()).put("median", figure.median()).put("min", figure.min()).put("max", figure.max());
        figure.values().forEach(node.putArray("runs")::add);
        figure.bar().ifPresent(bar -> node.put("bar", bar.value())
                .put("bar_is", bar.direction().name().toLowerCase(Locale.ROOT))
                .put("met", bar.isMetBy(figure.median())));
        if (!figure.laps().isEmpty()) {
            node.putObject("cpu_us")
                    .put("per", figure.unit())
                    .put("application", figure.median(Lap::applicationMicros))
                    .put("database", figure.median(Lap::databaseMicros))
                    .put("bench", figure.median(Lap::benchMicros));
        }
    }
}
