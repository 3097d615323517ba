package org.openedx.aggregator.bench;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * One line of the report.
 *
 * @param values one for each run
 * @param unit the unit of work CPU time is counted for
 * @param laps the runs, where CPU time was counted
 */
record Figure(String key, String what, Optional<Bar> bar, List<Double> values, String unit, List<Lap> laps) {

    static Figure rate(String key, String what, Optional<Bar> bar, String unit, List<Lap> laps) {
        return new Figure(key, what, bar, laps.stream().map(Lap::perSecond).toList(), unit, laps);
    }

    static Figure of(String key, String what, Optional<Bar> bar, List<Double> values) {
        return new Figure(key, what, bar, values, "", List.of());
    }

    double median() {
        return median(values);
    }

    double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** Of the runs, the median of something that was measured in each. */
    double median(ToDoubleFunction<Lap> measure) {
        return median(laps.stream().map(measure::applyAsDouble).toList());
    }

    static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
