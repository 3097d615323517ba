package org.openedx.aggregator.fault;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.openedx.aggregator.oracle.Course;
import org.openedx.aggregator.oracle.Course.Mode;
import org.openedx.aggregator.oracle.Course.Node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A course that is a tree, some verticals of which only one group sees.
 *
 * @param groupOf the group that sees a block, where not all do
 */
record GroupCourse(Course whole, Map<String, Integer> groupOf) {

    static final int PARTITION = 77;
    static final int GROUPS = 2;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TYPES = List.of("course", "chapter", "sequential", "vertical", "html");
    private static final int[] CHILDREN = { 3, 2, 3, 6 };

    /** Of each chapter, the first verticals are for one group each, if it is to have any for groups. */
    static GroupCourse of(String name, boolean forGroups) {
        var building = new Building(name, new LinkedHashMap<>(), new LinkedHashMap<>());
        var root = building.add(0, "c", forGroups);
        return new GroupCourse(new Course("course-v1:Fault+" + name + "+1", root, building.blocks()), building.groupOf());
    }

    private record Building(String name, Map<String, Node> blocks, Map<String, Integer> groupOf) {

        String add(int level, String path, boolean forGroups) {
            var key = "block-v1:Fault+" + name + "+1+type@" + TYPES.get(level) + "+block@" + path;
            // Parents first, as the order of the tree.
            blocks.put(key, new Node(key, TYPES.get(level), Mode.AGGREGATOR, false, List.of()));
            var children = new ArrayList<String>();
            for (int child = 0; level < CHILDREN.length && child < CHILDREN[level]; child++) {
                children.add(add(level + 1, path + child, forGroups));
            }
            boolean leaf = level == CHILDREN.length;
            blocks.put(key, new Node(key, TYPES.get(level), leaf ? Mode.COMPLETABLE : Mode.AGGREGATOR, false, children));
            if (forGroups && level == 3 && path.endsWith("0")) {
                groupOf.put(key, 1 + (path.charAt(path.length() - 2) - '0') % GROUPS);
            }
            return key;
        }
    }

    String key() {
        return whole.key();
    }

    List<String> leaves() {
        return whole.blocks().values().stream().filter(node -> node.children().isEmpty()).map(Node::key).toList();
    }

    /** After an edit that makes a leaf count or not. */
    GroupCourse with(String leaf, Mode mode) {
        return new GroupCourse(whole.with(leaf, mode), groupOf);
    }

    /** What a member of a group sees of it; 0 is in none. */
    Course seenBy(int group) {
        var seen = new LinkedHashMap<String, Node>();
        whole.blocks().values().stream()
                .filter(node -> isSeen(node.key(), group))
                .forEach(node -> seen.put(node.key(), new Node(node.key(), node.type(), node.mode(), node.modeSaid(),
                        node.children().stream().filter(child -> isSeen(child, group)).toList())));
        return new Course(whole.key(), whole.root(), seen);
    }

    private boolean isSeen(String block, int group) {
        return groupOf.getOrDefault(block, group) == group;
    }

    /** The body of a structure upload. */
    String json() {
        try {
            var document = (ObjectNode) JSON.readTree(whole.json());
            groupOf.forEach((block, group) -> ((ObjectNode) document.get("blocks").get(block)).putObject("group_access")
                    .putArray(String.valueOf(PARTITION)).add(group));
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
