package org.openedx.aggregator.tracking;

import java.util.List;

import org.openedx.aggregator.learner.Enrollment;

/**
 * What changed with one result. Times are microseconds since 1970-01-01T00:00:00Z.
 *
 * @param firstAt timestamp of the first block's event; each of the others is a microsecond later
 * @param created when the enrolment got its first result
 * @param modified when this one was stored
 */
record ResultChange(long firstAt, Enrollment enrollment, int structureId, long created, long modified,
        List<BlockChange> blocks) {

    ResultChange at(long first) {
        return new ResultChange(first, enrollment, structureId, created, modified, blocks);
    }
}
