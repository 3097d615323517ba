package org.openedx.aggregator.api.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.openedx.aggregator.api.completion.InvalidKeyParameterException;
import org.openedx.aggregator.api.completion.PathKeys;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.report.Column;
import org.openedx.aggregator.report.Format;
import org.openedx.aggregator.report.InvalidReportException;
import org.openedx.aggregator.report.ReportRequest;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The parameters of a report.
 *
 * @param courseKeys the courses, of each of which the caller is staff
 * @param requestedFields aggregator types, whose blocks are reported too
 * @param cohort name or id of a cohort; each of the courses must have it
 * @param excludeRoles learners with such a role in a course are left out
 * @param columns what to report and in which order; those of blocks follow the others, block by block
 * @param format csv, jsonl or xlsx
 * @param bom whether a CSV file begins with a byte order mark
 */
public record ReportParameters(@JsonProperty("course_keys") @Schema(required = true) List<String> courseKeys,
        @JsonProperty("requested_fields") List<String> requestedFields, String cohort,
        @JsonProperty("exclude_roles") List<String> excludeRoles, List<String> columns,
        @Schema(defaultValue = "csv", enumeration = {
                "csv", "jsonl", "xlsx" }) String format,
        Boolean bom){

    private static final int MOST_COURSES = 100;
    private static final int MOST_ROLES = 100;
    private static final int LONGEST_TEXT = 255;
    private static final int SHOWN = 100;
    private static final List<Column> USUAL = List.of(Column.COURSE_KEY, Column.USERNAME, Column.USER_ID, Column.EARNED,
            Column.POSSIBLE, Column.PERCENT, Column.LAST_COMPLETED);

    /** @throws InvalidReportException with everything that is wrong with them */
    ReportRequest request() {
        return new Reading().request(this);
    }

    private static final class Reading {

        private final Map<String, List<String>> wrong = new TreeMap<>();

        ReportRequest request(ReportParameters given) {
            var courses = each("course_keys", given.courseKeys, this::course);
            if (courses.isEmpty() && !wrong.containsKey("course_keys")) {
                refuse("course_keys", "Name at least one course.");
            }
            limit("course_keys", courses, MOST_COURSES);
            var types = each("requested_fields", given.requestedFields, type -> text("requested_fields", type));
            var roles = each("exclude_roles", given.excludeRoles, role -> text("exclude_roles", role));
            limit("exclude_roles", roles, MOST_ROLES);
            var cohort = Optional.ofNullable(given.cohort)
                    .filter(name -> !name.isBlank())
                    .flatMap(name -> text("cohort", name));
            var columns = columns(each("columns", given.columns, this::column), types);
            var format = format(given.format);
            if (!wrong.isEmpty()) {
                throw new InvalidReportException(wrong);
            }
            return new ReportRequest(courses, types, cohort, roles, columns, format.orElseThrow(),
                    Boolean.TRUE.equals(given.bom));
        }

        private <T> List<T> each(String parameter, List<String> given, Function<String, Optional<T>> reading) {
            var distinct = new LinkedHashSet<>(given == null ? List.of() : given);
            return distinct.stream().map(String::valueOf).map(reading).flatMap(Optional::stream).toList();
        }

        private Optional<CourseKey> course(String text) {
            try {
                return Optional.of(PathKeys.course(text));
            } catch (InvalidKeyParameterException e) {
                return refuse("course_keys", e.getMessage());
            }
        }

        private Optional<Column> column(String text) {
            return Column.named(text).or(() -> refuse("columns", "There is no such column: '" + shown(text) + "'."));
        }

        private Optional<Format> format(String text) {
            var name = text == null || text.isEmpty() ? Format.CSV.text() : text;
            return Format.named(name).or(() -> refuse("format", "Must be one of csv, jsonl and xlsx."));
        }

        private Optional<String> text(String parameter, String text) {
            return text.isBlank() || text.length() > LONGEST_TEXT
                    ? refuse(parameter, "Invalid value: '" + shown(text) + "'.")
                    : Optional.of(text);
        }

        // Who asks for blocks wants to see something of them.
        private List<Column> columns(List<Column> chosen, List<String> types) {
            var columns = new ArrayList<>(chosen.isEmpty() ? USUAL : chosen);
            if (types.isEmpty() && columns.stream().allMatch(Column::isOfBlock)) {
                refuse("columns", "Without requested_fields there are no blocks to report.");
            }
            if (!types.isEmpty() && columns.stream().noneMatch(Column::isOfBlock)) {
                columns.add(Column.BLOCK_PERCENT);
            }
            return columns;
        }

        private void limit(String parameter, List<?> values, int most) {
            if (values.size() > most) {
                refuse(parameter, "At most " + most + " can be given.");
            }
        }

        private <T> Optional<T> refuse(String parameter, String message) {
            wrong.computeIfAbsent(parameter, first -> new ArrayList<>()).add(message);
            return Optional.empty();
        }

        private static String shown(String text) {
            return text.codePointCount(0, text.length()) <= SHOWN
                    ? text
                    : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
        }
    }
}
