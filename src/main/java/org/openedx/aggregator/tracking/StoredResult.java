package org.openedx.aggregator.tracking;

import org.openedx.aggregator.progress.PackedAggregates;

/**
 * A result as it is stored until now.
 *
 * @param created when the enrolment got its first result, in microseconds since 1970-01-01T00:00:00Z
 */
record StoredResult(int structureId, PackedAggregates blocks, long created) {
}
