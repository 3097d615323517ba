package org.openedx.aggregator.learner;

import java.util.Set;

import org.openedx.aggregator.key.CourseKey;

/**
 * Where a person is of the course staff.
 *
 * @param courses keys
 * @param orgs organisations, of all whose courses they are staff
 */
public record StaffedCourses(Set<String> courses, Set<String> orgs) {

    public static final StaffedCourses NONE = new StaffedCourses(Set.of(), Set.of());

    public boolean include(CourseKey course) {
        return courses.contains(course.value()) || orgs.contains(course.org());
    }
}
