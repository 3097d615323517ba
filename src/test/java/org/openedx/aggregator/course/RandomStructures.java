package org.openedx.aggregator.course;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;

import org.openedx.aggregator.key.UsageKey;

/** Courses of every shape that is allowed, the same ones for the same seed. */
final class RandomStructures {
    private static final String[] TYPES = { "chapter", "vertical", "html", "problem", "library_content", "größe" };
    private static final String[] TITLES = { "", "Week 1", "\"quoted\"\\\n\t", "Größe 数学 🎓", "</script>", "\u0000\u2028" };

    private final Random random;

    RandomStructures(long seed) {
        this.random = new Random(seed);
    }

    CourseStructure next() {
        var keys = new ArrayList<UsageKey>();
        keys.add(Keys.ROOT);
        var size = random.nextInt(60);
        for (int i = 1; i <= size; i++) {
            keys.add(Keys.key(TYPES[random.nextInt(TYPES.length)] + "/b" + i));
        }
        return new CourseStructure(Keys.COURSE, Keys.ROOT, Keys.byKey(blocks(keys)));
    }

    // Every block hangs below an earlier one, and some below further ones, so there is one root and no cycle.
    private List<Block> blocks(List<UsageKey> keys) {
        var children = new ArrayList<LinkedHashSet<UsageKey>>();
        keys.forEach(key -> children.add(new LinkedHashSet<>()));
        for (int i = 1; i < keys.size(); i++) {
            children.get(random.nextInt(i)).add(keys.get(i));
        }
        for (int extra = random.nextInt(5); extra > 0 && keys.size() > 1; extra--) {
            var child = 1 + random.nextInt(keys.size() - 1);
            children.get(random.nextInt(child)).add(keys.get(child));
        }
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < keys.size(); i++) {
            blocks.add(block(keys.get(i), List.copyOf(children.get(i))));
        }
        return blocks;
    }

    private Block block(UsageKey key, List<UsageKey> children) {
        return new Block(key, random.nextInt(9) == 0 ? "other" : key.blockType(), TITLES[random.nextInt(TITLES.length)],
                children, mode(), start(), random.nextInt(4) == 0, random.nextInt(4) == 0, groupAccess(),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(5) - 1),
                random.nextInt(9) == 0 ? OptionalDouble.of(random.nextInt(10) / 2.0) : OptionalDouble.empty());
    }

    private Optional<CompletionMode> mode() {
        var mode = random.nextInt(4);
        return mode == 3 ? Optional.empty() : Optional.of(CompletionMode.values()[mode]);
    }

    private Optional<Instant> start() {
        return random.nextBoolean()
                ? Optional.empty()
                : Optional
                        .of(Instant.ofEpochSecond(random.nextInt(), random.nextBoolean() ? 0 : random.nextInt(1_000_000_000)));
    }

    private Map<Integer, List<Integer>> groupAccess() {
        var access = new TreeMap<Integer, List<Integer>>();
        for (int partitions = random.nextInt(3); partitions > 0; partitions--) {
            access.put(random.nextInt(), random.ints(random.nextInt(3)).boxed().toList());
        }
        return access;
    }
}
