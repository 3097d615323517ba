package org.openedx.aggregator.api.task;

import java.net.URI;
import java.util.List;
import java.util.Optional;

import org.openedx.aggregator.api.page.Page;
import org.openedx.aggregator.api.page.PageQuery;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A page as {@code DefaultPagination} of the LMS shows it.
 *
 * @param start how many items come before the page
 */
@RegisterForReflection
public record FlatPage<T>(String next, String previous, long count, @JsonProperty("num_pages") long pages,
        @JsonProperty("current_page") long number, long start, List<T> results) {

    private static final int MAX_SIZE = 100;

    public static PageQuery query(String page, String size) {
        var asked = PageQuery.of(Optional.ofNullable(page), Optional.ofNullable(size));
        return new PageQuery(asked.page(), Math.min(asked.size(), MAX_SIZE));
    }

    public static <T> FlatPage<T> of(Page page, URI request, List<T> results) {
        return new FlatPage<>(page.next(request).orElse(null), page.previous(request).orElse(null), page.count(),
                page.pages(), page.number(), page.offset(), results);
    }
}
