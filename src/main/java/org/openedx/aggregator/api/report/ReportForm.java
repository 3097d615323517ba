package org.openedx.aggregator.api.report;

import static org.openedx.aggregator.api.task.FormFields.list;

import java.util.List;

import org.jboss.resteasy.reactive.RestForm;
import org.openedx.aggregator.api.task.FormFields;

/** The parameters of a report as a form has them: lists as repeated fields or, within one, separated by commas or lines. */
public record ReportForm(@RestForm("course_keys") List<String> courseKeys,
        @RestForm("requested_fields") List<String> requestedFields, @RestForm String cohort,
        @RestForm("exclude_roles") List<String> excludeRoles, @RestForm List<String> columns, @RestForm String format,
        @RestForm String bom) {

    ReportParameters parameters() {
        return new ReportParameters(list(courseKeys), list(requestedFields), cohort, list(excludeRoles), list(columns), format,
                FormFields.yes(bom));
    }
}
