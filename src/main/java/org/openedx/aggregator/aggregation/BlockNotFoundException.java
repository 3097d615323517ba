package org.openedx.aggregator.aggregation;

import org.openedx.aggregator.key.UsageKey;

/** A course has no such block, or the block does not count towards completion. */
public class BlockNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BlockNotFoundException(UsageKey block) {
        super("Invalid block key: '" + block.value() + "'.");
    }
}
