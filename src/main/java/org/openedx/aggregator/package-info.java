/**
 * The completion aggregator: facts about single blocks come in, percentages about whole courses go out. The rooms,
 * in the order of the flow, are {@code event}, {@code completion}, {@code stale}, {@code aggregation},
 * {@code progress} and {@code api}. Only what belongs to no room lives here.
 */
package org.openedx.aggregator;
