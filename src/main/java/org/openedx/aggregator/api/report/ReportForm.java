package org.openedx.aggregator.api.report;

import java.util.Arrays;
import java.util.List;

import org.jboss.resteasy.reactive.RestForm;

/** The parameters of a report as a form has them: lists as repeated fields or, within one, separated by commas or lines. */
public record ReportForm(@RestForm("course_keys") List<String> courseKeys,
        @RestForm("requested_fields") List<String> requestedFields, @RestForm String cohort,
        @RestForm("exclude_roles") List<String> excludeRoles, @RestForm List<String> columns, @RestForm String format,
        @RestForm String bom) {

    private static final List<String> YES = List.of("true", "on", "1");

    ReportParameters parameters() {
        return new ReportParameters(list(courseKeys), list(requestedFields), cohort, list(excludeRoles), list(columns), format,
                bom != null && YES.contains(bom));
    }

    private static List<String> list(List<String> fields) {
        return fields == null
                ? List.of()
                : fields.stream()
                        .flatMap(field -> Arrays.stream(field.split("[,\\r\\n]")))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .toList();
    }
}
