package org.openedx.aggregator.learner;

/**
 * Some active enrolments of a course that follow each other.
 *
 * @param first LMS id of the first learner who may be among them
 * @param last LMS id of the last learner; below {@code first} if there is none
 * @param size how many they are
 */
public record Stretch(int courseId, long first, long last, int size) {
}
