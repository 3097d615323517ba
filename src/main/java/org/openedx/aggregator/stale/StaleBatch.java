package org.openedx.aggregator.stale;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import org.openedx.aggregator.learner.Enrollment;

/**
 * Marks that one worker holds, until it resolves or parks them or its lease ends.
 *
 * @param expanded how many wide marks were claimed with them, which are others' marks by now
 */
public record StaleBatch(long claim, List<Enrollment> enrollments, int expanded) {

    public StaleBatch {
        enrollments = List.copyOf(enrollments);
    }

    public StaleBatch(long claim, List<Enrollment> enrollments) {
        this(claim, enrollments, 0);
    }

    /** Whether there may be more marks than these, {@code size} having been asked for. */
    public boolean isFollowed(int size) {
        return expanded > 0 || enrollments.size() == size;
    }

    public boolean isEmpty() {
        return enrollments.isEmpty();
    }

    /** The same claim, course by course. */
    public List<StaleBatch> byCourse() {
        return enrollments.stream()
                .collect(Collectors.groupingBy(Enrollment::courseId))
                .values()
                .stream()
                .map(this::of)
                .toList();
    }

    /** The same claim, enrolment by enrolment. */
    public List<StaleBatch> oneByOne() {
        return enrollments.stream()
                .map(enrollment -> of(List.of(enrollment)))
                .toList();
    }

    /** The course of a batch {@link #byCourse()}. */
    public int courseId() {
        return enrollments.get(0).courseId();
    }

    private StaleBatch of(Collection<Enrollment> some) {
        return new StaleBatch(claim, List.copyOf(some));
    }
}
