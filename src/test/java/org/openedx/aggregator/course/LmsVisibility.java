package org.openedx.aggregator.course;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.openedx.aggregator.key.UsageKey;
import org.openedx.aggregator.learner.Audience;

/**
 * Who sees what, by the letter of the LMS's transformers: dates, flags and groups are merged over all parents of a block
 * before it is decided whether it stays, and what has lost all its parents goes as well.
 */
final class LmsVisibility {

    private final CourseStructure structure;
    private final Audience audience;
    private final Instant now;
    private final Map<UsageKey, List<UsageKey>> parents = new HashMap<>();

    LmsVisibility(CourseStructure structure, Audience audience, Instant now) {
        this.structure = structure;
        this.audience = audience;
        this.now = now;
        structure.blocks().values().forEach(block -> block.children()
                .forEach(child -> parents.computeIfAbsent(child, key -> new ArrayList<>()).add(block.key())));
    }

    Set<UsageKey> visible() {
        var visible = new HashSet<UsageKey>();
        visit(structure.root(), visible);
        return visible;
    }

    private void visit(UsageKey key, Set<UsageKey> visible) {
        if (audience.staff() || isReleased(key) && !isHidden(key) && isOfItsGroups(key)) {
            visible.add(key);
            structure.blocks().get(key).children().forEach(child -> visit(child, visible));
        }
    }

    private boolean isReleased(UsageKey key) {
        var days = structure.blocks().get(structure.root()).daysEarlyForBeta().orElse(0.0);
        var early = audience.betaTester() ? Math.round(days * 86_400) : 0;
        return !start(key).minusSeconds(early).isAfter(now);
    }

    private Instant start(UsageKey key) {
        var own = structure.blocks().get(key).start().orElse(Instant.EPOCH);
        var inherited = above(key).stream().map(this::start).min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
        return own.isAfter(inherited) ? own : inherited;
    }

    private boolean isHidden(UsageKey key) {
        return structure.blocks().get(key).visibleToStaffOnly()
                || !above(key).isEmpty() && above(key).stream().allMatch(this::isHidden);
    }

    private boolean isOfItsGroups(UsageKey key) {
        return access(key).entrySet().stream().allMatch(partition -> audience.groups().containsKey(partition.getKey())
                && partition.getValue().contains(audience.groups().get(partition.getKey())));
    }

    private Map<Integer, Set<Integer>> access(UsageKey key) {
        var merged = new HashMap<Integer, Set<Integer>>();
        var block = structure.blocks().get(key);
        for (int partition : List.of(0, 1, 50)) {
            var own = Optional.ofNullable(block.groupAccess().get(partition)).filter(groups -> !groups.isEmpty());
            intersection(own.map(Set::copyOf), inherited(key, partition)).ifPresent(it -> merged.put(partition, it));
        }
        return merged;
    }

    /** Empty stands for everybody. */
    private Optional<Set<Integer>> inherited(UsageKey key, int partition) {
        var union = new HashSet<Integer>();
        for (var parent : above(key)) {
            var groups = access(parent).get(partition);
            if (groups == null) {
                return Optional.empty();
            }
            union.addAll(groups);
        }
        return above(key).isEmpty() ? Optional.empty() : Optional.of(union);
    }

    private static Optional<Set<Integer>> intersection(Optional<Set<Integer>> one, Optional<Set<Integer>> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isPresent() ? one : other;
        }
        var common = new HashSet<>(one.get());
        common.retainAll(other.get());
        return Optional.of(common);
    }

    private List<UsageKey> above(UsageKey key) {
        return parents.getOrDefault(key, List.of());
    }
}
