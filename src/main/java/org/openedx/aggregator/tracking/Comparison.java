package org.openedx.aggregator.tracking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.openedx.aggregator.progress.Aggregate;
import org.openedx.aggregator.progress.PackedAggregates;
import org.openedx.aggregator.progress.Progress;

/**
 * What in a result differs from the one it replaces, block by block, whichever course versions they were computed on. A
 * block without a value before has changed, so a first result has changed throughout, as in the reference; a block that
 * is gone or hidden from the learner has not.
 */
final class Comparison {

    private final Map<Integer, NamedBlocks> names;
    private final Set<String> types;

    /** For results of the given course versions; only blocks of the given types are looked at. */
    Comparison(Map<Integer, NamedBlocks> names, Set<String> types) {
        this.names = names;
        this.types = types;
    }

    List<BlockChange> changes(Optional<StoredResult> before, Progress now) {
        var earlier = before.map(stored -> values(stored, now)).orElse(List.of());
        return changes(names.get(now.structureId()), earlier, now.blocks());
    }

    // In the order of the new version.
    private List<Optional<Aggregate>> values(StoredResult before, Progress now) {
        var values = before.blocks().unpack();
        if (before.structureId() == now.structureId()) {
            return values;
        }
        var byKey = byKey(names.get(before.structureId()), values);
        return names.get(now.structureId())
                .blocks()
                .stream()
                .map(block -> byKey.getOrDefault(block.key(), Optional.empty()))
                .toList();
    }

    private static Map<String, Optional<Aggregate>> byKey(NamedBlocks blocks, List<Optional<Aggregate>> values) {
        var byKey = new HashMap<String, Optional<Aggregate>>();
        for (int index = 0; index < values.size(); index++) {
            byKey.put(blocks.get(index + 1).key(), values.get(index));
        }
        return byKey;
    }

    private List<BlockChange> changes(NamedBlocks blocks, List<Optional<Aggregate>> before, PackedAggregates packed) {
        var now = packed.unpack();
        var changes = new ArrayList<BlockChange>();
        for (int index = 0; index < now.size(); index++) {
            var value = now.get(index);
            if (differ(index < before.size() ? before.get(index) : Optional.empty(), value)
                    && types.contains(blocks.get(index + 1).type())) {
                changes.add(new BlockChange(index + 1, value.orElseThrow().earned(), value.orElseThrow().possible()));
            }
        }
        return changes;
    }

    // The time of the newest completion beneath a block is not part of the event.
    private static boolean differ(Optional<Aggregate> before, Optional<Aggregate> now) {
        return now.isPresent() && (before.isEmpty() || before.get().earned() != now.get().earned()
                || before.get().possible() != now.get().possible());
    }
}
