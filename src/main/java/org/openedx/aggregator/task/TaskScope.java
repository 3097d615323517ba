package org.openedx.aggregator.task;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

import org.openedx.aggregator.learner.StaffedCourses;

/** A condition on rows of tasks, and the values of its question marks. */
record TaskScope(String condition, List<Object> values) {

    /** What a person started, and everything for a superuser; parts of containers are not in it. */
    static TaskScope own(TaskViewer viewer) {
        return viewer.superuser()
                ? new TaskScope("parent IS NULL", List.of())
                : new TaskScope("parent IS NULL AND username = ?", List.of(viewer.username()));
    }

    /** What others share with a person. */
    static TaskScope shared(TaskViewer viewer, StaffedCourses courses) {
        var values = new ArrayList<Object>(List.of(viewer.username(), viewer.username()));
        var grants = new ArrayList<>(List.of("username = ?"));
        if (viewer.staff()) {
            grants.add("course_key <> ''");
        } else {
            among(grants, values, "course_key", courses.courses());
            among(grants, values, "org", courses.orgs());
        }
        return new TaskScope("username <> ? AND uuid IN (SELECT task FROM user_task_permission WHERE "
                + String.join(" OR ", grants) + ")", values);
    }

    private static void among(List<String> grants, List<Object> values, String column, Collection<String> names) {
        if (!names.isEmpty()) {
            grants.add(column + " IN (" + String.join(",", Collections.nCopies(names.size(), "?")) + ")");
            values.addAll(names);
        }
    }
}
