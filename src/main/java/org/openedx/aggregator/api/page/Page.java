package org.openedx.aggregator.api.page;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A page of a list.
 *
 * @param number from 1
 * @param size how many items a page has at most
 * @param count how many items the list has
 * @param pages how many pages the list has, at least 1
 */
public record Page(long number, int size, long count, long pages) {

    public long offset() {
        return (number - 1) * size;
    }

    /** The address of the next page. */
    public Optional<String> next(URI request) {
        return number < pages ? Optional.of(address(request, number + 1)) : Optional.empty();
    }

    /** The address of the page before; that of the first page names no page. */
    public Optional<String> previous(URI request) {
        return number > 1 ? Optional.of(address(request, number - 1)) : Optional.empty();
    }

    private static String address(URI request, long number) {
        var parameters = parameters(request);
        parameters.remove("page");
        if (number > 1) {
            parameters.put("page", "page=" + number);
        }
        var query = String.join("&", parameters.values());
        var base = request.getScheme() + "://" + request.getRawAuthority() + request.getRawPath();
        return query.isEmpty() ? base : base + "?" + query;
    }

    // Sorted by name, as the LMS writes them.
    private static TreeMap<String, String> parameters(URI request) {
        if (request.getRawQuery() == null) {
            return new TreeMap<>();
        }
        return Arrays.stream(request.getRawQuery().split("&"))
                .filter(parameter -> !parameter.isEmpty())
                .collect(Collectors.toMap(Page::name, Page::encoded, (one, other) -> one + "&" + other, TreeMap::new));
    }

    private static String name(String parameter) {
        return decoded(parameter.split("=", 2)[0]);
    }

    private static String encoded(String parameter) {
        var parts = parameter.split("=", 2);
        var value = parts.length == 1 ? "" : parts[1];
        return URLEncoder.encode(decoded(parts[0]), StandardCharsets.UTF_8) + "="
                + URLEncoder.encode(decoded(value), StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
