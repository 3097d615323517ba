package org.openedx.aggregator.page;

/**
 * A time as a page shows it.
 *
 * @param machine for the attribute {@code datetime}
 * @param text for the reader, in UTC
 */
public record Moment(String machine, String text) {
}
