package org.openedx.aggregator.learner;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One learner in one course, by the ids used inside: the unit of all work here. */
public record Enrollment(int courseId, long learnerId) implements Comparable<Enrollment> {

    private static final Comparator<Enrollment> BY_KEY = Comparator
            .comparingInt(Enrollment::courseId)
            .thenComparingLong(Enrollment::learnerId);

    /** In the order of the tables' primary keys: statements that touch rows in it cannot deadlock each other. */
    @Override
    public int compareTo(Enrollment other) {
        return BY_KEY.compare(this, other);
    }

    /**
     * A condition on {@code course_id} and {@code learner_id} that both MySQL and MariaDB answer by ranges of the
     * primary key, which neither does for {@code (course_id, learner_id) IN (…)} in every version.
     */
    public static String condition(Collection<Enrollment> enrollments) {
        return byCourse(enrollments)
                .entrySet()
                .stream()
                .map(entry -> "(course_id = " + entry.getKey() + " AND learner_id IN (" + entry.getValue() + "))")
                .collect(Collectors.joining(" OR ", "(", ")"));
    }

    List<Object> key() {
        return List.of(courseId, learnerId);
    }

    private static Map<Integer, String> byCourse(Collection<Enrollment> enrollments) {
        return enrollments.stream()
                .sorted()
                .collect(Collectors.groupingBy(Enrollment::courseId,
                        Collectors.mapping(Enrollment::learnerText, Collectors.joining(","))));
    }

    private String learnerText() {
        return Long.toString(learnerId);
    }
}
