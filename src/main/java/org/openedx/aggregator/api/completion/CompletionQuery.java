package org.openedx.aggregator.api.completion;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.QueryParam;

import org.openedx.aggregator.api.page.PageQuery;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.UsageKey;

/** The query parameters of completion lists and details. */
public class CompletionQuery {

    // A query of so many takes some milliseconds; who wants more asks for pages of the whole course.
    private static final int MAX_USER_IDS = 10_000;
    private static final int SHOWN = 100;

    /** Whose progress. */
    @QueryParam("username")
    String username;

    /** Comma-separated aggregator types, {@code mean} and {@code username}. */
    @QueryParam("requested_fields")
    String requestedFields;

    /** The block to report on instead of the course. */
    @QueryParam("root_block")
    String rootBlock;

    /** LMS ids of learners, separated by commas or dots. */
    @QueryParam("user_ids")
    String userIds;

    /** {@code true} for courses available on mobile devices only. */
    @QueryParam("mobile_only")
    String mobileOnly;

    /** {@code true} to have what need not be done reported beside what is asked for. */
    @QueryParam("include_optional")
    String includeOptional;

    /** From 1, or {@code last}. */
    @QueryParam("page")
    String page;

    /** At most 1000. */
    @QueryParam("page_size")
    String pageSize;

    Optional<String> username() {
        return present(username);
    }

    List<String> requestedFields() {
        return list(requestedFields, ",");
    }

    boolean mobileOnly() {
        return "true".equalsIgnoreCase(mobileOnly);
    }

    boolean includeOptional() {
        return "true".equalsIgnoreCase(includeOptional);
    }

    PageQuery page() {
        return PageQuery.of(present(page), Optional.ofNullable(pageSize));
    }

    Optional<UsageKey> rootBlock(CourseKey course) {
        return present(rootBlock).map(text -> PathKeys.blockOf(course, text));
    }

    Optional<List<Long>> userIds() {
        return present(userIds).map(CompletionQuery::userIds);
    }

    private static List<Long> userIds(String text) {
        var ids = list(text, "[,.]");
        if (ids.size() > MAX_USER_IDS) {
            throw new InvalidParameterException("At most " + MAX_USER_IDS + " user_ids can be given.");
        }
        return ids.stream().map(CompletionQuery::userId).toList();
    }

    private static long userId(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new InvalidParameterException("Invalid user_ids value: '" + shortened(text) + "'.");
        }
    }

    static String shortened(String text) {
        if (text.length() <= SHOWN) {
            return text;
        }
        // An emoji takes two places and must not be cut in the middle.
        return text.substring(0, Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN) + "…";
    }

    private static Optional<String> present(String text) {
        return Optional.ofNullable(text).filter(value -> !value.isEmpty());
    }

    private static List<String> list(String text, String separator) {
        return text == null ? List.of() : Arrays.stream(text.split(separator)).filter(item -> !item.isEmpty()).toList();
    }
}
