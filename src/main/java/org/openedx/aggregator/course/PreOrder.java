package org.openedx.aggregator.course;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.openedx.aggregator.key.UsageKey;

/** Lays the blocks of a checked course out in the order a reader meets them. */
final class PreOrder {

    private PreOrder() {
    }

    static Map<UsageKey, Block> of(UsageKey root, Map<UsageKey, Block> blocks) {
        var ordered = new LinkedHashMap<UsageKey, Block>(blocks.size() * 2);
        var ahead = new ArrayDeque<UsageKey>();
        ahead.push(root);
        while (!ahead.isEmpty()) {
            var key = ahead.pop();
            var block = blocks.get(key);
            if (ordered.putIfAbsent(key, block) == null) {
                pushInReverse(block, ahead);
            }
        }
        return Collections.unmodifiableMap(ordered);
    }

    private static void pushInReverse(Block block, ArrayDeque<UsageKey> ahead) {
        var children = block.children();
        for (int i = children.size() - 1; i >= 0; i--) {
            ahead.push(children.get(i));
        }
    }
}
