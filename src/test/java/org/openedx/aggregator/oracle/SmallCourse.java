package org.openedx.aggregator.oracle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

import org.openedx.aggregator.oracle.Course.Mode;
import org.openedx.aggregator.oracle.Course.Node;

/** A course of one chapter with one vertical of some completable blocks. */
public record SmallCourse(String name) {

    public String key() {
        return "course-v1:Small+" + name + "+2026";
    }

    public String block(String type, int number) {
        return "block-v1:Small+" + name + "+2026+type@" + type + "+block@" + number;
    }

    public String leaf(int number) {
        return block("html", number);
    }

    public Course withLeaves(int count) {
        var blocks = new LinkedHashMap<String, Node>();
        put(blocks, "course", Mode.AGGREGATOR, List.of(block("chapter", 0)));
        put(blocks, "chapter", Mode.AGGREGATOR, List.of(block("vertical", 0)));
        var leaves = IntStream.range(0, count).mapToObj(this::leaf).toList();
        put(blocks, "vertical", Mode.AGGREGATOR, leaves);
        leaves.forEach(leaf -> blocks.put(leaf, new Node(leaf, "html", Mode.COMPLETABLE, false, List.of())));
        return new Course(key(), block("course", 0), blocks);
    }

    private void put(LinkedHashMap<String, Node> blocks, String type, Mode mode, List<String> children) {
        blocks.put(block(type, 0), new Node(block(type, 0), type, mode, false, children));
    }
}
