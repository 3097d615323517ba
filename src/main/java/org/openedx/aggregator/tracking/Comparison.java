package org.openedx.aggregator.tracking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.openedx.aggregator.progress.Aggregate;
import org.openedx.aggregator.progress.PackedAggregates;
import org.openedx.aggregator.progress.PackedAggregates.Difference;
import org.openedx.aggregator.progress.Progress;

/**
 * What in a result differs from the one it replaces, block by block, whichever course versions they were computed on. A
 * block without a value before has changed, so a first result has changed throughout, as in the reference; a block that
 * is gone or hidden from the learner has not.
 */
final class Comparison {

    private static final PackedAggregates NOTHING = new PackedAggregates("[]");

    private final Map<Integer, NamedBlocks> names;
    private final Set<String> types;

    /** For results of the given course versions; only blocks of the given types are looked at. */
    Comparison(Map<Integer, NamedBlocks> names, Set<String> types) {
        this.names = names;
        this.types = types;
    }

    List<BlockChange> changes(Optional<StoredResult> before, Progress now) {
        return differences(before, now).stream()
                .filter(Comparison::isTold)
                .map(difference -> change(names.get(now.structureId()), difference))
                .flatMap(Optional::stream)
                .toList();
    }

    private List<Difference> differences(Optional<StoredResult> before, Progress now) {
        if (before.isPresent() && before.get().structureId() == now.structureId()) {
            return now.blocks().since(before.get().blocks());
        }
        return before.map(stored -> byKey(stored, now)).orElseGet(() -> now.blocks().since(NOTHING));
    }

    // In the order of the new version.
    private List<Difference> byKey(StoredResult before, Progress now) {
        var earlier = byKey(names.get(before.structureId()), before.blocks().unpack());
        var blocks = names.get(now.structureId()).blocks();
        var values = now.blocks().unpack();
        var differences = new ArrayList<Difference>(values.size());
        for (int index = 0; index < values.size(); index++) {
            differences.add(new Difference(index, earlier.getOrDefault(blocks.get(index).key(), Optional.empty()),
                    values.get(index)));
        }
        return differences;
    }

    private static Map<String, Optional<Aggregate>> byKey(NamedBlocks blocks, List<Optional<Aggregate>> values) {
        var byKey = new HashMap<String, Optional<Aggregate>>();
        for (int index = 0; index < values.size(); index++) {
            byKey.put(blocks.get(index + 1).key(), values.get(index));
        }
        return byKey;
    }

    private Optional<BlockChange> change(NamedBlocks blocks, Difference difference) {
        int ordinal = difference.index() + 1;
        return difference.now()
                .filter(now -> types.contains(blocks.get(ordinal).type()))
                .map(now -> new BlockChange(ordinal, now.earned(), now.possible()));
    }

    // The time of the newest completion beneath a block is not part of the event.
    private static boolean isTold(Difference difference) {
        if (difference.before().isEmpty() || difference.now().isEmpty()) {
            return difference.now().isPresent();
        }
        var before = difference.before().get();
        var now = difference.now().get();
        return before.earned() != now.earned() || before.possible() != now.possible();
    }
}
