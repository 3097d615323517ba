package org.openedx.aggregator.api.completion;

import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The body of a POST for completions: the parameters of the query, for lists that are too long for an address.
 *
 * @param requestedFields as a list
 * @param userIds LMS ids of learners
 * @param includeOptional whether what need not be done is reported too
 */
public record CompletionRequest(String username, @JsonProperty("requested_fields") List<String> requestedFields,
        @JsonProperty("root_block") String rootBlock, @JsonProperty("user_ids") List<Long> userIds,
        @JsonProperty("include_optional") Boolean includeOptional) {

    /** The query these parameters stand for; what the address says of pages stays. */
    CompletionQuery in(CompletionQuery address) {
        var query = new CompletionQuery();
        query.username = username == null ? address.username : username;
        query.requestedFields = requestedFields == null ? address.requestedFields : String.join(",", requestedFields);
        query.rootBlock = rootBlock == null ? address.rootBlock : rootBlock;
        query.userIds = userIds == null ? address.userIds : text(userIds);
        query.includeOptional = includeOptional == null ? address.includeOptional : includeOptional.toString();
        query.mobileOnly = address.mobileOnly;
        query.page = address.page;
        query.pageSize = address.pageSize;
        return query;
    }

    private static String text(List<Long> ids) {
        return ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
