package org.openedx.aggregator.api.task;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

import org.jboss.resteasy.reactive.RestQuery;
import org.openedx.aggregator.api.completion.InvalidParameterException;
import org.openedx.aggregator.api.page.PageQuery;
import org.openedx.aggregator.task.TaskFilter;
import org.openedx.aggregator.task.TaskViewer;

/** Which tasks are asked for. */
public record TaskQuery(@RestQuery String state, @RestQuery String action,
        @RestQuery("created_after") String createdAfter, @RestQuery String shared, @RestQuery String page,
        @RestQuery("page_size") String pageSize) {

    public TaskFilter filter(TaskViewer viewer) {
        return new TaskFilter(viewer, isShared(), present(state), present(action),
                present(createdAfter).map(TaskQuery::moment));
    }

    /** Whether tasks of others are asked for, which they share. */
    public boolean isShared() {
        return present(shared).map(TaskQuery::flag).orElse(false);
    }

    public PageQuery pages() {
        return FlatPage.query(page, pageSize);
    }

    private static Optional<String> present(String text) {
        return Optional.ofNullable(text).filter(given -> !given.isEmpty());
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidParameterException("Invalid shared: give true or false.");
        };
    }

    // In a query, the plus of an offset is a blank.
    private static Instant moment(String text) {
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text.replace(' ', '+')).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidParameterException("Invalid created_after: give a date or a date with time and offset.");
        }
    }
}
