package org.openedx.aggregator.page;

/**
 * What all pages have in common.
 *
 * @param reader the username of who looks at it, or empty
 */
public record Frame(Language language, String reader, Assets assets) {
}
