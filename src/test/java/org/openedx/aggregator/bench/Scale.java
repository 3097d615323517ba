package org.openedx.aggregator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Whether a learner costs more among many. The many are copies of the few, facts included, made by SQL. The few are
 * measured last, the others unenrolled: what the process learns on its way must not make the many look cheap.
 */
final class Scale {

    private static final int FACTOR = 10;

    private final Bench bench;
    private final Aggregations aggregations;

    Scale(Bench bench, Aggregations aggregations) {
        this.bench = bench;
        this.aggregations = aggregations;
    }

    List<Figure> measure(int runs) {
        int few = bench.site().learners();
        multiply(few);
        var many = laps(few * FACTOR, runs);
        bench.tables().change("UPDATE enrollment SET active = FALSE WHERE learner_id > " + few);
        var among = laps(few, runs);
        return List.of(
                ratio("scale.ratio", "wall time per learner at %,d learners over that at %,d".formatted(few * FACTOR, few),
                        Optional.of(Bar.atMost(1.3)), many, among, Lap::wallMicros),
                ratio("scale.cpu_ratio", "the same in CPU time of application and database", Optional.empty(), many, among,
                        Lap::cpuMicros),
                Figure.rate("scale_few.learners_per_s", "first aggregation of %,d learners".formatted(few), Optional.empty(),
                        "learner", among),
                Figure.rate("scale_many.learners_per_s", "first aggregation of %,d learners".formatted(few * FACTOR),
                        Optional.empty(), "learner", many));
    }

    private List<Lap> laps(int learners, int runs) {
        var laps = new ArrayList<Lap>();
        for (int run = 0; run < runs; run++) {
            laps.add(aggregations.first(learners));
        }
        return laps;
    }

    private void multiply(int few) {
        for (int copy = 1; copy < FACTOR; copy++) {
            int offset = copy * few;
            bench.tables()
                    .change("INSERT INTO learner (id, username, named_at) SELECT id + %1$d, CONCAT('copy%1$d-', username), named_at"
                            .formatted(offset)
                            + " FROM learner WHERE id <= " + few);
            bench.tables().change("INSERT INTO enrollment SELECT course_id, learner_id + " + offset
                    + ", active, mode, changed_at FROM enrollment WHERE learner_id <= " + few);
            bench.tables().change("INSERT INTO block_completion SELECT course_id, learner_id + " + offset
                    + ", block_id, completion, modified FROM block_completion WHERE learner_id <= " + few);
        }
        Bench.say("scale: %,d facts".formatted(bench.tables().number("SELECT COUNT(*) FROM block_completion")));
    }

    private static Figure ratio(String key, String what, Optional<Bar> bar, List<Lap> many, List<Lap> few,
            ToDoubleFunction<Lap> cost) {
        double base = Figure.median(few.stream().map(cost::applyAsDouble).toList());
        return Figure.of(key, what, bar, many.stream().map(lap -> cost.applyAsDouble(lap) / base).toList());
    }
}
