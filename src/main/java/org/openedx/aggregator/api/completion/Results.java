package org.openedx.aggregator.api.completion;

import java.util.List;
import java.util.Map;

import org.openedx.aggregator.aggregation.LearnerProgress;
import org.openedx.aggregator.api.page.Page;

/**
 * A page of results, ready to be written.
 *
 * @param means mean percent by course key, where it was asked for
 */
record Results(ApiVersion version, RequestedFields fields, List<LearnerProgress> progress, Map<String, Double> means,
        Page page) {
}
