package org.openedx.aggregator.stale;

import java.time.Duration;

/**
 * How much is to be done.
 *
 * @param size enrolments marked stale, parked ones included
 * @param parked enrolments whose last attempt failed
 * @param age how long the oldest mark that is not parked has waited
 */
public record StaleBacklog(long size, long parked, Duration age) {
}
