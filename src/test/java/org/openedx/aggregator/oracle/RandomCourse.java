package org.openedx.aggregator.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.openedx.aggregator.oracle.Course.Mode;
import org.openedx.aggregator.oracle.Course.Node;

/**
 * Courses of every shape that counts differently: shared leaves and aggregators, excluded subtrees, completable blocks
 * with children, types without rows, aggregators without anything. The same one for the same seed.
 */
public final class RandomCourse {

    private static final Map<String, Mode> BY_DEFAULT = Map.of(
            "course", Mode.AGGREGATOR, "chapter", Mode.AGGREGATOR, "sequential", Mode.AGGREGATOR,
            "vertical", Mode.AGGREGATOR, "wrapper", Mode.AGGREGATOR, "library_content", Mode.AGGREGATOR,
            "html", Mode.COMPLETABLE, "problem", Mode.COMPLETABLE, "video", Mode.COMPLETABLE,
            "discussion", Mode.EXCLUDED);

    private static final List<String> TYPES = List.of("chapter", "chapter", "sequential", "sequential", "vertical",
            "vertical", "vertical", "wrapper", "library_content", "html", "html", "html", "problem", "problem", "problem",
            "video", "video", "discussion", "unheard_of");

    private final Random random;
    private final String name;
    private final int size;

    private RandomCourse(long seed, String name, int size) {
        this.random = new Random(seed);
        this.name = name;
        this.size = size;
    }

    /** A course with a key of its own, {@code course-v1:Random+<name>+2026}, and up to so many blocks. */
    public static Course of(long seed, String name, int maxSize) {
        return new RandomCourse(seed, name, 1 + new Random(seed).nextInt(maxSize)).build();
    }

    /** As {@link #of}, with so many blocks. */
    public static Course ofSize(long seed, String name, int size) {
        return new RandomCourse(seed, name, size).build();
    }

    private Course build() {
        var types = new ArrayList<String>(List.of("course"));
        var children = new ArrayList<Set<String>>(List.of(new LinkedHashSet<>()));
        for (int number = 1; number < size; number++) {
            types.add(TYPES.get(random.nextInt(TYPES.size())));
            children.add(new LinkedHashSet<>());
            children.get(parent(number, types)).add(key(number, types));
        }
        for (int shared = random.nextInt(1 + size / 6); shared > 0 && size > 1; shared--) {
            int child = 1 + random.nextInt(size - 1);
            children.get(parent(child, types)).add(key(child, types));
        }
        var blocks = new LinkedHashMap<String, Node>();
        for (int number = 0; number < size; number++) {
            var node = node(number, types, List.copyOf(children.get(number)));
            blocks.put(node.key(), node);
        }
        return new Course("course-v1:Random+" + name + "+2026", key(0, types), blocks);
    }

    // Mostly a container, so that courses become deep; any block now and then, so that leaves have children too.
    private int parent(int number, List<String> types) {
        for (int attempt = 0; attempt < 5; attempt++) {
            int candidate = random.nextInt(number);
            if (BY_DEFAULT.get(types.get(candidate)) == Mode.AGGREGATOR) {
                return candidate;
            }
        }
        return random.nextInt(number);
    }

    private Node node(int number, List<String> types, List<String> children) {
        var type = types.get(number);
        var usual = BY_DEFAULT.getOrDefault(type, Mode.EXCLUDED);
        boolean unusual = number > 0 && random.nextInt(8) == 0;
        var mode = unusual ? Mode.values()[random.nextInt(Mode.values().length)] : usual;
        return new Node(key(number, types), type, mode, mode != usual || random.nextBoolean(), children);
    }

    private String key(int number, List<String> types) {
        return "block-v1:Random+" + name + "+2026+type@" + types.get(number) + "+block@" + number;
    }
}
