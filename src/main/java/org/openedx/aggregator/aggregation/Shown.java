package org.openedx.aggregator.aggregation;

import java.util.OptionalInt;

import org.openedx.aggregator.progress.Detail;

/**
 * What of a learner's progress is asked for.
 *
 * @param recompute whether what is stale is computed on the fly
 * @param rootBlock id of the block to report on instead of the course
 */
record Shown(Detail detail, boolean recompute, OptionalInt rootBlock) {
}
