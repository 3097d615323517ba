package org.openedx.aggregator.bench;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** The pure roll-up, by JMH in JVMs of its own, each a run; before anything else is started. */
final class RollUps {

    private RollUps() {
    }

    static List<Figure> measure(int runs) {
        // Another build's benchmark is no reason to refuse; the load average is in the report.
        System.setProperty("jmh.ignoreLock", "true");
        var options = new OptionsBuilder().include("RollUpBenchmark").forks(runs).shouldFailOnError(true).build();
        try {
            return new Runner(options).run().stream().map(RollUps::figure).toList();
        } catch (RunnerException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Figure figure(RunResult result) {
        boolean packed = result.getParams().getBenchmark().endsWith("packed");
        return packed
                ? Figure.of("rollup_packed.us", "the same with packing and fingerprint, in µs", Optional.empty(),
                        scores(result))
                : Figure.of("rollup.us", "pure roll-up of one learner, in µs", Optional.of(Bar.atMost(20)), scores(result));
    }

    private static List<Double> scores(RunResult result) {
        Collection<BenchmarkResult> forks = result.getBenchmarkResults();
        return forks.stream().map(fork -> fork.getPrimaryResult().getScore()).toList();
    }
}
