package org.openedx.aggregator.api.page;

import java.util.Optional;

/**
 * Which page of a list is asked for, as the LMS's {@code NamespacedPageNumberPagination} reads it: a size that makes no
 * sense is the default size, a page that does not exist is an error.
 */
public record PageQuery(Optional<String> page, int size) {

    private static final int DEFAULT_SIZE = 10;
    private static final int MAX_SIZE = 1000;
    private static final int MAX_DIGITS = 9;

    /** From the parameters {@code page} and {@code page_size}, either of which may be absent. */
    public static PageQuery of(Optional<String> page, Optional<String> size) {
        return new PageQuery(page.filter(text -> !text.isEmpty()), size.map(PageQuery::size).orElse(DEFAULT_SIZE));
    }

    /** The page of a list of {@code count} items; fails with {@link InvalidPageException} if there is no such page. */
    public Page of(long count) {
        long pages = Math.max(1, (count + size - 1) / size);
        return new Page(number(pages), size, count, pages);
    }

    private long number(long pages) {
        if (page.isEmpty()) {
            return 1;
        }
        if (page.get().equals("last")) {
            return pages;
        }
        long number = isNumber(page.get()) ? Long.parseLong(page.get()) : 0;
        if (number < 1 || number > pages) {
            throw new InvalidPageException();
        }
        return number;
    }

    private static int size(String text) {
        if (text.length() > MAX_DIGITS && text.chars().allMatch(PageQuery::isDigit)) {
            return MAX_SIZE;
        }
        int size = isNumber(text) ? Integer.parseInt(text) : 0;
        return size < 1 ? DEFAULT_SIZE : Math.min(size, MAX_SIZE);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(PageQuery::isDigit);
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }
}
