package org.openedx.aggregator.aggregation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

import org.openedx.aggregator.bench.Site;
import org.openedx.aggregator.completion.BlockCompletion;
import org.openedx.aggregator.completion.CompletedBlocks;
import org.openedx.aggregator.course.StockGraph;
import org.openedx.aggregator.learner.Enrollment;
import org.openedx.aggregator.progress.Aggregate;
import org.openedx.aggregator.progress.Progress;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The calculator alone, over many learners, so that the processor cannot learn one of them by heart. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class RollUpBenchmark {

    private static final int LEARNERS = 512;
    private static final long MODIFIED = 1_780_000_000_123_456L;

    private final List<CompletedBlocks> learners = new ArrayList<>();
    private RollUp rollUp;
    private int structureId;
    private int next;

    @Setup
    public void compile() {
        var site = new Site(LEARNERS);
        var course = StockGraph.of(Site.COURSE, site.structure());
        rollUp = new RollUp(course.graph());
        structureId = course.graph().structureId();
        for (int learner = 0; learner < LEARNERS; learner++) {
            learners.add(facts(site, course, learner));
        }
    }

    private static CompletedBlocks facts(Site site, StockGraph course, int learner) {
        var facts = new ArrayList<BlockCompletion>();
        for (int nth = 0; nth < Site.COMPLETED; nth++) {
            int block = course.blockId(site.leaf(site.leaf(learner, nth)));
            facts.add(new BlockCompletion(new Enrollment(1, learner), block, OptionalDouble.of(1.0), MODIFIED + nth));
        }
        return CompletedBlocks.of(facts);
    }

    private CompletedBlocks next() {
        next = (next + 1) % LEARNERS;
        return learners.get(next);
    }

    @Benchmark
    public Aggregate rolledUp() {
        return rollUp.of(next()).course();
    }

    @Benchmark
    public Progress.Fingerprint packed() {
        rollUp.of(next());
        return new Progress(new Enrollment(1, 1), structureId, rollUp.course(), rollUp.registered()).fingerprint();
    }
}
