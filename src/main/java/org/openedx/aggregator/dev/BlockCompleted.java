package org.openedx.aggregator.dev;

import java.time.Instant;

import org.openedx.aggregator.key.UsageKey;

/**
 * Somebody came somewhere in the demo course.
 *
 * @param completion from 0, not at all, to 1
 */
record BlockCompleted(long learnerId, UsageKey block, double completion, Instant modified) {
}
