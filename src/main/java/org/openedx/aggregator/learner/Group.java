package org.openedx.aggregator.learner;

/** A group of a partition of a course's learners, by the ids the course gives them. */
public record Group(int partitionId, int groupId) {
}
