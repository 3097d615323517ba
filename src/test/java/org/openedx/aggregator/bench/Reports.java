package org.openedx.aggregator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.openedx.aggregator.support.ResidentMemory;

/** A report of 100,000 learners with 30 chapters, from the request to the end of the task; the scheduler's wait is in it. */
final class Reports {

    private static final int SECONDS = 60;

    private final Bench bench;
    private final int runs;

    Reports(Bench bench, int runs) {
        this.bench = bench;
        this.runs = runs;
    }

    List<Figure> measure() {
        var course = new LargeCourse(bench);
        course.make();
        var figures = new ArrayList<Figure>();
        for (var format : List.of("csv", "jsonl", "xlsx")) {
            report(format);
            var laps = IntStream.range(0, runs).mapToObj(run -> report(format)).toList();
            figures.add(Figure.of("report_" + format + ".seconds",
                    "a report of 100,000 learners with 30 chapters as %s, in s, with a heap of 256 MiB".formatted(format),
                    Optional.of(Bar.atMost(SECONDS)), laps.stream().map(lap -> lap.wall() / 1e9).toList()));
            figures.add(Figure.rate("report_" + format + ".learners_per_s", "the same as a rate", Optional.empty(), "learner",
                    laps));
        }
        figures.add(Figure.of("report.peak_mib", "most memory the service had resident since it was started, in MiB",
                Optional.empty(), List.of(new ResidentMemory(bench.service().pid()).peak().orElseThrow())));
        course.remove();
        return figures;
    }

    private Lap report(String format) {
        var start = bench.clocks().read();
        var task = bench.calls().post("/completion-aggregator/v1/reports/",
                "{\"course_keys\": [\"%s\"], \"requested_fields\": [\"chapter\"], \"format\": \"%s\"}"
                        .formatted(LargeCourse.KEY, format));
        var end = bench.calls().awaitEnd(task);
        var lap = bench.clocks().since(start, LargeCourse.LEARNERS);
        Bench.say("report as %s: %.1f s, %,.0f learners/s, %.1f s of CPU".formatted(format, lap.wall() / 1e9, lap.perSecond(),
                (lap.application() + lap.database()) / 1e9));
        check(format, end);
        return lap;
    }

    // A file without the learners would be a fast one.
    private void check(String format, String task) {
        if (!task.contains("\"Succeeded\"")) {
            throw new IllegalStateException(task);
        }
        long size = bench.tables()
                .number("SELECT size FROM user_task_artifact WHERE name = 'Output' ORDER BY created DESC LIMIT 1");
        if (size < LargeCourse.LEARNERS * 60L) {
            throw new IllegalStateException("A report as %s of %d bytes".formatted(format, size));
        }
    }
}
