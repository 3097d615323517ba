package org.openedx.aggregator.report;

import java.util.List;
import java.util.Optional;

import org.openedx.aggregator.key.CourseKey;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What is to be reported.
 *
 * @param courses at least one
 * @param types aggregator block types, whose blocks become columns
 * @param cohort name or id of a cohort that each of the courses has; empty for everybody
 * @param excludedRoles who has one of them in a course is left out there
 * @param columns in the order of the file; those of blocks follow the others, block by block
 * @param byteOrderMark whether a CSV file begins with one, by which some spreadsheet programs know UTF-8
 */
public record ReportRequest(List<CourseKey> courses, List<String> types, Optional<String> cohort, List<String> excludedRoles,
        List<Column> columns, Format format, boolean byteOrderMark) {

    public ReportRequest {
        courses = List.copyOf(courses);
        types = List.copyOf(types);
        excludedRoles = List.copyOf(excludedRoles);
        columns = List.copyOf(columns);
    }

    static ReportRequest of(JsonObject parameters) {
        return new ReportRequest(texts(parameters, "course_keys").stream().map(CourseKey::parse).toList(),
                texts(parameters, "requested_fields"), Optional.ofNullable(parameters.getString("cohort")),
                texts(parameters, "exclude_roles"),
                texts(parameters, "columns").stream().map(name -> Column.named(name).orElseThrow()).toList(),
                Format.named(parameters.getString("format")).orElseThrow(), parameters.getBoolean("bom"));
    }

    JsonObject parameters() {
        return new JsonObject()
                .put("course_keys", new JsonArray(courses.stream().map(CourseKey::value).toList()))
                .put("requested_fields", new JsonArray(types))
                .put("cohort", cohort.orElse(null))
                .put("exclude_roles", new JsonArray(excludedRoles))
                .put("columns", new JsonArray(columns.stream().map(Column::text).toList()))
                .put("format", format.text())
                .put("bom", byteOrderMark);
    }

    private static List<String> texts(JsonObject parameters, String name) {
        return parameters.getJsonArray(name).stream().map(String::valueOf).toList();
    }
}
