package org.openedx.aggregator.api.course;

import java.util.List;

import org.jboss.resteasy.reactive.RestForm;
import org.openedx.aggregator.api.course.ReaggregationResource.Request;
import org.openedx.aggregator.api.task.FormFields;

/** What a form wants computed again: some courses, as repeated fields or separated by commas or lines, or all of them. */
public record ReaggregationForm(@RestForm("course_keys") List<String> courseKeys, @RestForm String all) {

    // A form sends a field that nobody has filled in, too.
    Request request() {
        var courses = FormFields.list(courseKeys);
        return new Request(courses.isEmpty() ? null : courses, FormFields.yes(all));
    }
}
