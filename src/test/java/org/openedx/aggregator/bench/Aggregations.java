package org.openedx.aggregator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Aggregation of whole courses and of what is new. A full aggregation is timed from the moment before the first worker
 * takes marks to the moment no mark is left, so the scheduler's wait of up to a second is not in it; the CPU time begins
 * before the request that sets the marks.
 */
final class Aggregations {

    private static final int WARM_UP_RUNS = 5;

    private final Bench bench;

    Aggregations(Bench bench) {
        this.bench = bench;
    }

    List<Figure> measureFull(int learners, int runs) {
        var bar = Optional.of(Bar.atLeast(1_000));
        IntStream.range(0, WARM_UP_RUNS).forEach(run -> first(learners));
        var first = laps(runs, () -> first(learners));
        IntStream.range(0, 2).forEach(run -> rewritten(learners));
        var rewritten = laps(runs, () -> rewritten(learners));
        var forced = laps(runs, () -> full("full, forced", learners));
        return List.of(
                Figure.rate("full_first.learners_per_s", "full aggregation, first time", bar, "learner", first),
                Figure.rate("full_forced.learners_per_s", "full aggregation, forced again, nothing changed", bar, "learner",
                        forced),
                Figure.rate("full_forced_rewritten.learners_per_s", "the same, every stored result differs and is rewritten",
                        Optional.empty(), "learner", rewritten));
    }

    /** A first aggregation of so many learners. */
    Lap first(int learners) {
        bench.tables().change("TRUNCATE TABLE progress");
        var lap = full("full, first", learners);
        long results = bench.tables().number("SELECT COUNT(*) FROM progress");
        if (results != learners) {
            throw new IllegalStateException(results + " results for " + learners + " learners");
        }
        return lap;
    }

    /** A further aggregation of all, with nothing changed. */
    Lap forced() {
        return full("full, forced", bench.site().learners());
    }

    private Lap rewritten(int learners) {
        bench.tables().change("UPDATE progress SET digest = digest + 1");
        return full("full, rewritten", learners);
    }

    Lap full(String what, int learners) {
        var start = bench.clocks().read();
        var answer = bench.calls().reaggregate();
        long firstClaim = bench.tables().awaitFirstClaim();
        var task = answer.join();
        bench.tables().awaitNoMarks();
        var lap = bench.clocks().since(start, learners, firstClaim);
        // Who asks again while it runs is given the same one.
        bench.calls().awaitEnd(task);
        Bench.say("%s: %,.0f learners, %,.0f learners/s".formatted(what, lap.units(), lap.perSecond()));
        return lap;
    }

    private static List<Lap> laps(int runs, java.util.function.Supplier<Lap> run) {
        return IntStream.range(0, runs).mapToObj(number -> run.get()).toList();
    }

    /**
     * A few new completions of every learner, from before the first is sent until the results say so; what the scheduler
     * waits is in it.
     */
    Figure measureIncremental(int runs) {
        var laps = new ArrayList<Lap>();
        int warmUp = 3;
        for (int round = 0; round < warmUp + runs; round++) {
            var lap = incremental(round);
            if (round >= warmUp) {
                laps.add(lap);
            }
        }
        return Figure.rate("incremental.completions_per_s", "5 new completions of each learner, from Kafka to results",
                Optional.of(Bar.atLeast(5_000)), "completion", laps);
    }

    private Lap incremental(int round) {
        var completions = bench.site().round(round);
        var start = bench.clocks().read();
        var last = bench.feed().send(completions);
        bench.tables().awaitFacts(last);
        long takenIn = System.nanoTime();
        bench.tables().awaitEarned((long) bench.site().learners() * (Site.COMPLETED + (round + 1) * Site.NEW_PER_ROUND));
        var lap = bench.clocks().since(start, completions.size());
        bench.feed().awaitTakenIn();
        Bench.say("incremental: %,.0f completions/s; all taken in after %d ms, aggregated after %d ms".formatted(
                lap.perSecond(), (takenIn - start.wall()) / 1_000_000, lap.wall() / 1_000_000));
        return lap;
    }
}
