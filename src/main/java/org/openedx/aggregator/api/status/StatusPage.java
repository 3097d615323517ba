package org.openedx.aggregator.api.status;

import java.net.URI;
import java.util.List;
import java.util.function.BiFunction;

import org.openedx.aggregator.api.page.Page;
import org.openedx.aggregator.api.page.PageQuery;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;

/** A page of a list, as Django REST framework shows it. */
@RegisterForReflection
public record StatusPage<T>(String next, String previous, long count, @JsonProperty("num_pages") long pages,
        List<T> results) {

    static <T> Uni<StatusPage<T>> of(PageQuery query, URI request, Uni<Long> count,
            BiFunction<Long, Integer, Uni<List<T>>> items) {
        return count
                .map(query::of)
                .chain(page -> of(page, request, items.apply(page.offset(), page.size())));
    }

    private static <T> Uni<StatusPage<T>> of(Page page, URI request, Uni<List<T>> items) {
        return items.map(results -> new StatusPage<>(page.next(request).orElse(null), page.previous(request).orElse(null),
                page.count(), page.pages(), results));
    }
}
