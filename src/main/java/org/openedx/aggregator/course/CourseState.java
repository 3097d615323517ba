package org.openedx.aggregator.course;

/**
 * What a course shows now.
 *
 * @param structureId the current version
 * @param releasedAt the instant as of which blocks are released, in microseconds since 1970-01-01T00:00:00Z
 */
public record CourseState(int structureId, long releasedAt) {
}
