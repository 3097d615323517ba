package org.openedx.aggregator.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What is measured on: a course of 10 chapters with 5 sequentials, 4 verticals and 5 leaves each, and learners who have
 * completed leaves in an order of their own. The same numbers give the same site.
 */
public final class Site {

    public static final String COURSE = "course-v1:BenchX+Speed+2026";
    public static final int LEAVES = 1000;
    /** The blocks below the course that results are kept for. */
    public static final int AGGREGATORS = 260;
    /** How many leaves each learner has completed at first. */
    public static final int COMPLETED = 300;
    /** How many groups there are where learners see different parts. */
    static final int GROUPS = 40;
    /** The user partition of these groups. */
    static final int PARTITION = 7;
    static final int NEW_PER_ROUND = 5;

    private static final int ROUNDS = 40;
    private static final String[] LEAF_TYPES = { "html", "problem", "video" };
    private static final List<String> LEVELS = List.of("course", "chapter", "sequential", "vertical");
    private static final int[] CHILDREN = { 10, 5, 4, 5 };

    private final Map<String, Map<String, Object>> blocks = new TreeMap<>();
    private final List<String> leaves = new ArrayList<>();
    private final short[][] orders;

    public Site(int learners) {
        add(0, "course");
        orders = new short[learners][];
        for (int learner = 0; learner < learners; learner++) {
            orders[learner] = order(new Random(learner));
        }
    }

    private String add(int level, String name) {
        var type = level < LEVELS.size() ? LEVELS.get(level) : LEAF_TYPES[leaves.size() % LEAF_TYPES.length];
        var key = "block-v1:BenchX+Speed+2026+type@" + type + "+block@" + (level == 0 ? "course" : id(name));
        if (level == LEVELS.size()) {
            leaves.add(key);
        }
        var children = new ArrayList<String>();
        for (int child = 0; level < CHILDREN.length && child < CHILDREN[level]; child++) {
            children.add(add(level + 1, name + "." + child));
        }
        blocks.put(key, Map.of("id", key, "type", type, "display_name", name, "children", children));
        return key;
    }

    // As Studio names blocks: 32 hexadecimal digits.
    private static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString().replace("-", "");
    }

    private static short[] order(Random random) {
        var order = new short[LEAVES];
        for (int position = 0; position < LEAVES; position++) {
            int other = random.nextInt(position + 1);
            order[position] = order[other];
            order[other] = (short) position;
        }
        return order;
    }

    /** The structure as the Course Blocks API answers it. */
    public byte[] structure() {
        return document(blocks);
    }

    /** The same, but each of forty groups misses a sequential of its own. */
    byte[] structureForGroups() {
        var restricted = new TreeMap<>(blocks);
        int group = 0;
        for (var entry : restricted.entrySet()) {
            if (entry.getKey().contains("type@sequential+") && group < GROUPS) {
                var block = new TreeMap<>(entry.getValue());
                block.put("group_access", Map.of(String.valueOf(PARTITION), allBut(group++)));
                entry.setValue(block);
            }
        }
        return document(restricted);
    }

    private static List<Integer> allBut(int group) {
        return IntStream.range(0, GROUPS).filter(other -> other != group).boxed().toList();
    }

    private static byte[] document(Map<String, ?> blocks) {
        var root = "block-v1:BenchX+Speed+2026+type@course+block@course";
        try {
            return new ObjectMapper().writeValueAsBytes(Map.of("root", root, "blocks", blocks));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public int learners() {
        return orders.length;
    }

    static long id(int learner) {
        return learner + 1L;
    }

    static String username(int learner) {
        return "learner%05d".formatted(learner);
    }

    public String leaf(int index) {
        return leaves.get(index);
    }

    /** The leaf a learner completes as the n-th. */
    public int leaf(int learner, int nth) {
        return orders[learner][nth];
    }

    /** One learner has completed one leaf. */
    record Completion(int learner, int leaf) {
    }

    /** What all learners have completed at first, in no order. */
    List<Completion> first() {
        return completions(0, COMPLETED);
    }

    /** Some more leaves of each learner, in no order; those of one round are in no other. */
    List<Completion> round(int number) {
        if (number >= ROUNDS) {
            throw new IllegalArgumentException("The course has leaves for " + ROUNDS + " rounds");
        }
        return completions(COMPLETED + number * NEW_PER_ROUND, NEW_PER_ROUND);
    }

    private List<Completion> completions(int from, int count) {
        var completions = new ArrayList<Completion>(learners() * count);
        for (int learner = 0; learner < learners(); learner++) {
            for (int nth = from; nth < from + count; nth++) {
                completions.add(new Completion(learner, leaf(learner, nth)));
            }
        }
        java.util.Collections.shuffle(completions, new Random(from));
        return completions;
    }
}
