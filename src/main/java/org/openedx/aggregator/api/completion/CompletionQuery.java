package org.openedx.aggregator.api.completion;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import jakarta.ws.rs.QueryParam;

import org.openedx.aggregator.api.page.PageQuery;
import org.openedx.aggregator.key.CourseKey;
import org.openedx.aggregator.key.InvalidKeyException;
import org.openedx.aggregator.key.UsageKey;

/** The query parameters of completion lists and details. */
public class CompletionQuery {

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

    PageQuery page() {
        return PageQuery.of(present(page), Optional.ofNullable(pageSize));
    }

    Optional<UsageKey> rootBlock(CourseKey course) {
        return present(rootBlock).map(text -> rootBlock(text, course));
    }

    Optional<List<Long>> userIds() {
        return present(userIds).map(text -> list(text, "[,.]").stream().map(CompletionQuery::userId).toList());
    }

    private static UsageKey rootBlock(String text, CourseKey course) {
        try {
            return UsageKey.parse(text).mapIntoCourse(course);
        } catch (InvalidKeyException e) {
            throw new InvalidKeyParameterException("Invalid block key: '" + shortened(text) + "'.");
        }
    }

    private static long userId(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new InvalidParameterException("Invalid user_ids value: '" + shortened(text) + "'.");
        }
    }

    static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    private static Optional<String> present(String text) {
        return Optional.ofNullable(text).filter(value -> !value.isEmpty());
    }

    private static List<String> list(String text, String separator) {
        return text == null ? List.of() : Arrays.stream(text.split(separator)).filter(item -> !item.isEmpty()).toList();
    }
}
