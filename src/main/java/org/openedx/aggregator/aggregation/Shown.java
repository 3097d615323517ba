package org.openedx.aggregator.aggregation;

import java.util.OptionalInt;

/**
 * What of a learner's progress is asked for.
 *
 * @param blocks whether registered blocks are asked for
 * @param recompute whether what is stale is computed on the fly
 * @param rootBlock id of the block to report on instead of the course
 */
record Shown(boolean blocks, boolean recompute, OptionalInt rootBlock) {
}
