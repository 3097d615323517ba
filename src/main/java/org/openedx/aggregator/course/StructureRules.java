package org.openedx.aggregator.course;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.UsageKey;

/** What makes a set of blocks one course. Each check visits every block and edge a fixed number of times and never recurses. */
final class StructureRules {
    private final CourseKey course;
    private final UsageKey root;
    private final Map<UsageKey, Block> blocks;
    private final Map<UsageKey, Place> places;

    StructureRules(CourseKey course, UsageKey root, Map<UsageKey, Block> blocks) {
        this.course = course;
        this.root = root;
        this.blocks = blocks;
        this.places = new HashMap<>(blocks.size() * 2);
    }

    void check() {
        if (!blocks.containsKey(root)) {
            throw new InvalidStructureException("The root " + root.value() + " is not among the blocks.");
        }
        blocks.forEach(this::checkMembership);
        blocks.values().forEach(this::checkChildren);
        checkSingleRoot();
        checkPlaces();
    }

    private void checkMembership(UsageKey key, Block block) {
        if (!block.key().equals(key)) {
            throw new InvalidStructureException("Block " + block.key().value() + " is listed as " + key.value() + ".");
        }
        if (!key.belongsTo(course)) {
            throw new InvalidStructureException("Block " + key.value() + " does not belong to " + course.value() + ".");
        }
        places.put(key, new Place());
    }

    private void checkChildren(Block block) {
        var seen = new HashSet<UsageKey>();
        for (var child : block.children()) {
            if (!blocks.containsKey(child)) {
                throw new InvalidStructureException(
                        "Block " + block.key().value() + " names a child that is missing: " + child.value() + ".");
            }
            if (!seen.add(child)) {
                throw new InvalidStructureException(
                        "Block " + block.key().value() + " names a child twice: " + child.value() + ".");
            }
            places.get(child).openParents++;
        }
    }

    private void checkSingleRoot() {
        if (places.get(root).openParents > 0) {
            throw new InvalidStructureException("The root " + root.value() + " is a child of another block.");
        }
        for (var key : blocks.keySet()) {
            if (places.get(key).openParents == 0 && !key.equals(root)) {
                throw new InvalidStructureException(
                        "Block " + key.value() + " has no parent; only the root " + root.value() + " may have none.");
            }
        }
    }

    // Kahn's algorithm: a block is placed when all its parents are, so what is left over lies on or behind a cycle.
    private void checkPlaces() {
        var ready = new ArrayDeque<UsageKey>();
        ready.add(root);
        places.get(root).ways = 1;
        var placed = 0;
        while (!ready.isEmpty()) {
            var parent = ready.poll();
            placed++;
            for (var child : blocks.get(parent).children()) {
                if (places.get(child).isSettledBy(places.get(parent), child)) {
                    ready.add(child);
                }
            }
        }
        if (placed < blocks.size()) {
            throw new InvalidStructureException("Block " + cycleMember().value() + " contains itself.");
        }
    }

    // Every block left over has a parent left over: going up from one of them ends in circling through a cycle.
    private UsageKey cycleMember() {
        var openParents = new HashMap<UsageKey, UsageKey>();
        for (var block : blocks.values()) {
            if (places.get(block.key()).openParents > 0) {
                block.children().forEach(child -> openParents.put(child, block.key()));
            }
        }
        var seen = new HashSet<UsageKey>();
        var key = openParents.keySet().iterator().next();
        while (seen.add(key)) {
            key = openParents.get(key);
        }
        return key;
    }

    /** Where a block stands, as far as its parents are known. */
    private static final class Place {
        private int openParents;
        private int depth = 1;
        private int ways;

        /** Takes over one parent's place; true if it was the last one open. */
        boolean isSettledBy(Place parent, UsageKey key) {
            depth = Math.max(depth, parent.depth + 1);
            ways += parent.ways;
            if (depth > CourseStructure.MAX_DEPTH) {
                throw new InvalidStructureException("Block " + key.value() + " is nested more than "
                        + CourseStructure.MAX_DEPTH + " levels deep.");
            }
            if (ways > CourseStructure.MAX_WAYS) {
                throw new InvalidStructureException("Block " + key.value() + " is reached from the root in more than "
                        + CourseStructure.MAX_WAYS + " ways.");
            }
            openParents--;
            return openParents == 0;
        }
    }
}
