package org.openedx.aggregator.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What an LMS might send about a course, in an order it should not: several words on a block, the newest anywhere among
 * them, repetitions, completions that go down or are deleted, and blocks that do not count or that nobody knows.
 */
public final class RandomEvents {

    private static final double[] COMPLETIONS = { 0.0, 1.0, 1.0, 1.0, 0.5, 0.25, 0.1, 1.0 / 3, 0.7 };
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long YEAR = 365L * 24 * 3600 * 1000;

    private final Random random;
    private final Course course;
    private final List<Sent> events = new ArrayList<>();
    private final Set<Instant> times = new HashSet<>();

    private RandomEvents(long seed, Course course) {
        this.random = new Random(seed);
        this.course = course;
    }

    public static List<Sent> of(long seed, Course course, List<Long> learners) {
        return new RandomEvents(seed, course).build(learners);
    }

    private List<Sent> build(List<Long> learners) {
        var blocks = new ArrayList<>(course.blocks().keySet());
        blocks.add(course.root().replace("type@course", "type@html").replaceAll("block@.*", "block@gone"));
        for (long learner : learners) {
            int oneIn = 1 + random.nextInt(3);
            blocks.stream()
                    .filter(block -> random.nextInt(oneIn) == 0)
                    .forEach(block -> sayAbout(learner, block));
        }
        Collections.shuffle(events, random);
        return events;
    }

    private void sayAbout(long learner, String block) {
        for (int words = 1 + random.nextInt(3); words > 0; words--) {
            var event = word(learner, block);
            events.add(event);
            if (random.nextInt(5) == 0) {
                events.add(event);
            }
        }
    }

    private Sent word(long learner, String block) {
        if (random.nextInt(8) == 0) {
            var deletion = Sent.deletion(learner, course.key(), block, milliseconds());
            return times.add(deletion.modified()) ? deletion : word(learner, block);
        }
        var modified = Instant.ofEpochMilli(milliseconds()).plusNanos(random.nextInt(1_000_000) * 1000L % 999_000);
        return times.add(modified)
                ? Sent.completion(learner, course.key(), block, COMPLETIONS[random.nextInt(COMPLETIONS.length)], modified)
                : word(learner, block);
    }

    private long milliseconds() {
        return START + (long) (random.nextDouble() * YEAR);
    }
}
