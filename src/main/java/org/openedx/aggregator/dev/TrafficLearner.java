package org.openedx.aggregator.dev;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.openedx.aggregator.key.UsageKey;

/**
 * Goes through the course block by block and, like anybody, comes back to blocks, does some by half, has some reset,
 * and stops somewhere. The LMS repeats itself now and then.
 */
final class TrafficLearner {

    private static final double REPEATS = 0.05;
    private static final double REVISITS = 0.1;
    private static final double PARTLY = 0.2;
    private static final double RESETS = 0.05;

    private final long id;
    private final List<UsageKey> blocks;
    private final Pace pace;
    private final Random random;
    private final Instant start;
    private final int stop;
    private Instant time;
    private int visited;
    private Optional<BlockCompleted> latest = Optional.empty();

    TrafficLearner(long id, List<UsageKey> blocks, Pace pace, Random random) {
        this.id = id;
        this.blocks = blocks;
        this.pace = pace;
        this.random = random;
        this.start = pace.start(random);
        this.stop = 1 + random.nextInt(blocks.size());
        this.time = start;
    }

    long id() {
        return id;
    }

    Optional<BlockCompleted> latest() {
        return latest;
    }

    /** The next event; the very same object as the one before if it is a repetition. */
    BlockCompleted next() {
        if (latest.isPresent() && happens(REPEATS)) {
            return latest.get();
        }
        time = time.plus(pace.step(start, random));
        var isRevisit = visited == stop || visited > 0 && happens(REVISITS);
        var completed = isRevisit ? revisit() : visit();
        latest = Optional.of(completed);
        return completed;
    }

    private BlockCompleted visit() {
        var block = blocks.get(visited++);
        var isPartial = block.blockType().equals("problem") && happens(PARTLY);
        return new BlockCompleted(id, block, isPartial ? (1 + random.nextInt(3)) / 4.0 : 1.0, time);
    }

    private BlockCompleted revisit() {
        return new BlockCompleted(id, blocks.get(random.nextInt(visited)), happens(RESETS) ? 0.0 : 1.0, time);
    }

    private boolean happens(double probability) {
        return random.nextDouble() < probability;
    }
}
