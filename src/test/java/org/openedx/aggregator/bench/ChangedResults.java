package org.openedx.aggregator.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What progress events cost the aggregation that causes them. In each run every learner's result changes, and with it the
 * course and one chapter, sequential and vertical: a leaf is taken back or given again by SQL. What the events cost while
 * they are sent is in it, as far as that happens while the aggregation runs.
 */
final class ChangedResults {

    private static final int WARM_UP_RUNS = 4;
    private static final String TOGGLE = """
            UPDATE block_completion f JOIN (SELECT learner_id, MIN(block_id) block_id FROM block_completion
                                             WHERE learner_id <= %d GROUP BY learner_id) one
                ON one.learner_id = f.learner_id AND one.block_id = f.block_id
               SET f.completion = 1 - f.completion""";

    private final int learners;
    private final int runs;
    private final List<Lap> without = new ArrayList<>();
    private final List<Lap> with = new ArrayList<>();

    ChangedResults(int learners, int runs) {
        this.learners = learners;
        this.runs = runs;
    }

    List<Lap> measureWithout(Bench bench) {
        // Whoever was measured before may have left more learners than these.
        new Aggregations(bench).first(learners);
        return measure(bench, without);
    }

    List<Lap> measureWith(Bench bench) {
        var laps = measure(bench, with);
        Patience.until("all events are sent", Duration.ofMinutes(2), Duration.ofMillis(100),
                () -> bench.tables().number("SELECT COUNT(*) FROM progress_event_outbox") == 0);
        return laps;
    }

    private List<Lap> measure(Bench bench, List<Lap> laps) {
        var aggregations = new Aggregations(bench);
        for (int run = -WARM_UP_RUNS; run < runs; run++) {
            bench.tables().change(TOGGLE.formatted(learners));
            var lap = aggregations.full("full, every result changed", learners);
            if (run >= 0) {
                laps.add(lap);
            }
        }
        return laps;
    }

    List<Figure> figures() {
        double base = Figure.median(without.stream().map(Lap::perSecond).toList());
        return List.of(
                Figure.rate("outbox_off.learners_per_s", "full aggregation, forced again, every result changed",
                        Optional.empty(), "learner", without),
                Figure.rate("outbox_on.learners_per_s", "the same with progress events", Optional.empty(), "learner", with),
                Figure.of("outbox.cost", "speed with progress events over that without", Optional.of(Bar.atLeast(0.75)),
                        IntStream.range(0, with.size()).mapToObj(run -> with.get(run).perSecond() / base).toList()));
    }
}
