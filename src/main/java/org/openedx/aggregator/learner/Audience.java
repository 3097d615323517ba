package org.openedx.aggregator.learner;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What decides which part of a course a learner sees. Learners of the same audience see the same.
 *
 * @param staff of the course, its organisation or the platform: sees everything
 * @param betaTester sees blocks some days before their release
 * @param groups the learner's group in each user partition where one is known
 * @param selections what the LMS picked for the learner, by the id of the library block, where that is known
 */
public record Audience(boolean staff, boolean betaTester, Map<Integer, Integer> groups,
        Map<Integer, List<Integer>> selections) {

    /** Those who see everything. */
    public static final Audience STAFF = new Audience(true, false, Map.of(), Map.of());

    /** A learner about whom nothing special is known. */
    public static final Audience ANYBODY = new Audience(false, false, Map.of(), Map.of());

    private static final String BETA_TESTERS = "beta_testers";

    public Audience {
        groups = Map.copyOf(groups);
        selections = Map.copyOf(selections);
    }

    Audience withRole(String role) {
        return role.equals(BETA_TESTERS) ? new Audience(staff, true, groups, selections) : STAFF;
    }

    Audience withGroup(int partition, int group) {
        return new Audience(staff, betaTester, plus(groups, partition, group), selections);
    }

    Audience withSelection(int library, List<Integer> blocks) {
        return new Audience(staff, betaTester, groups, plus(selections, library, blocks));
    }

    private static <V> Map<Integer, V> plus(Map<Integer, V> map, int key, V value) {
        var more = new HashMap<>(map);
        more.put(key, value);
        return more;
    }
}
