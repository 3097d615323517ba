package org.openedx.aggregator.api.completion;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a client wants beside the course's totals.
 *
 * @param types aggregator block types, each of which becomes a list
 * @param optional what need not be done
 */
record RequestedFields(List<String> types, boolean mean, boolean username, boolean optional) {

    private static final String MEAN = "mean";
    private static final String USERNAME = "username";
    private static final int MAX_NAMED = 10;

    /**
     * @throws InvalidParameterException naming the fields there are none of, the first few at least
     */
    static RequestedFields of(Collection<String> fields, Set<String> aggregatorTypes) {
        var invalid = fields.stream()
                .filter(field -> !field.equals(MEAN) && !field.equals(USERNAME) && !aggregatorTypes.contains(field))
                .distinct()
                .limit(MAX_NAMED)
                .map(field -> "'" + CompletionQuery.shortened(field) + "'")
                .collect(Collectors.joining(", ", "{", "}"));
        if (invalid.length() > 2) {
            throw new InvalidParameterException("Invalid requested_fields value(s): " + invalid);
        }
        return new RequestedFields(fields.stream().filter(aggregatorTypes::contains).distinct().toList(),
                fields.contains(MEAN), fields.contains(USERNAME), false);
    }

    RequestedFields withUsername() {
        return new RequestedFields(types, mean, true, optional);
    }

    RequestedFields withOptional(boolean included) {
        return new RequestedFields(types, mean, username, included);
    }
}
