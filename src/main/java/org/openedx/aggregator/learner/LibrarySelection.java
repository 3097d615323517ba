package org.openedx.aggregator.learner;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the LMS picked for a learner from a library block; empty if it has picked nothing yet.
 *
 * @param saidAt microseconds since 1970-01-01T00:00:00Z
 */
public record LibrarySelection(Enrollment enrollment, int blockId, List<Integer> selected, long saidAt) implements Word {

    public LibrarySelection {
        selected = List.copyOf(selected);
    }

    @Override
    public List<Object> key() {
        return List.of(enrollment.courseId(), enrollment.learnerId(), blockId);
    }

    @Override
    public List<Object> values() {
        return Collections.singletonList(selected.isEmpty() ? null : ids());
    }

    private String ids() {
        return selected.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
