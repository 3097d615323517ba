package org.openedx.aggregator.course;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.openedx.aggregator.learner.Audience;

/**
 * What the authors of a course said about who may see which node. Each rule is about one node: a block is seen when
 * its own rules admit the learner and a block above it is seen, which comes to the same as the LMS's merging of dates,
 * flags and groups over all parents (decision 10).
 *
 * @param access the groups that may see a node, by user partition; empty for a node that restricts nobody
 * @param partitions all user partitions that any node asks for
 * @param libraries how many of its children a learner is given, for nodes that give not all
 * @param splits nodes that show each learner one of their children, by the group the learner is in
 */
record VisibilityRules(Releases releases, BitSet staffOnly, List<Map<Integer, Set<Integer>>> access,
        Set<Integer> partitions, Map<Integer, Integer> libraries, BitSet splits) {

    /** Whether learners may differ in what they see. */
    boolean restrict(long releasedAt) {
        return !staffOnly.isEmpty() || !partitions.isEmpty() || !libraries.isEmpty() || releases.isAwaited(releasedAt);
    }

    /** An audience without all that makes no difference in this course. */
    Audience relevant(Audience audience, BlockIndex nodes) {
        if (audience.staff()) {
            return Audience.STAFF;
        }
        if (audience.groups().isEmpty() && audience.selections().isEmpty()) {
            return audience;
        }
        return new Audience(false, audience.betaTester(), relevantGroups(audience.groups()),
                relevantSelections(audience.selections(), nodes));
    }

    boolean admits(int node, Audience audience, long releasedAt) {
        return isOpen(node, audience, releasedAt) && isOfItsGroups(node, audience);
    }

    /** Whether anybody may see a node, whatever the group. */
    boolean isOpen(int node, Audience audience, long releasedAt) {
        return !staffOnly.get(node) && releases.isReleased(node, audience.betaTester(), releasedAt);
    }

    /** Whether none of the groups that a node asks for is known. */
    boolean asksForUnknown(int node, Audience audience) {
        var asked = access.get(node);
        return !asked.isEmpty() && asked.keySet().stream().noneMatch(audience.groups()::containsKey);
    }

    int bytes() {
        return releases.bytes() + access.size() * 8 + libraries.size() * 64
                + (int) access.stream().filter(asked -> !asked.isEmpty()).count() * 300;
    }

    private boolean isOfItsGroups(int node, Audience audience) {
        var asked = access.get(node);
        if (asked.isEmpty()) {
            return true;
        }
        for (var partition : asked.entrySet()) {
            var group = audience.groups().get(partition.getKey());
            if (group == null || !partition.getValue().contains(group)) {
                return false;
            }
        }
        return true;
    }

    private Map<Integer, Integer> relevantGroups(Map<Integer, Integer> groups) {
        if (partitions.containsAll(groups.keySet())) {
            return groups;
        }
        var relevant = new HashMap<>(groups);
        relevant.keySet().retainAll(partitions);
        return relevant;
    }

    private Map<Integer, List<Integer>> relevantSelections(Map<Integer, List<Integer>> selections, BlockIndex nodes) {
        if (selections.isEmpty()) {
            return selections;
        }
        var relevant = new HashMap<>(selections);
        relevant.keySet().removeIf(block -> !libraries.containsKey(nodes.get(block)));
        return relevant;
    }
}
